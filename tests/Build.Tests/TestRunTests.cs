namespace Pipeline.Build.Tests;

public sealed class TestRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trx-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Result_files_are_summed_up()
    {
        var files = new[] { Trx(10, 9, 8), Trx(5, 5, 5) };

        Assert.Equal("13 passed, 1 failed, 1 skipped", TestRun.Count(files));
    }

    [Fact]
    public void No_result_file_counts_nothing() => Assert.Equal("0 passed, 0 failed, 0 skipped", TestRun.Count([]));

    private string Trx(int total, int executed, int passed)
    {
        var path = Path.Combine(folder, $"{total}.trx");
        File.WriteAllText(
            path,
            $"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <ResultSummary><Counters total="{total}" executed="{executed}" passed="{passed}" failed="{executed
                - passed}" /></ResultSummary>
            </TestRun>
            """
        );
        return path;
    }
}
