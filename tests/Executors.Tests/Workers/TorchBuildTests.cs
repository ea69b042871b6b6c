using Pipeline.Artifacts;
using Pipeline.Executors.Workers;

namespace Pipeline.Executors.Tests.Workers;

public sealed class TorchBuildTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("torchbuildtests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Nothing_is_built_where_it_could_not_run()
    {
        using var output = new StringWriter();
        var build = new TorchBuild(folder, output) { Misfit = () => "It lacks something." };

        var refusal = Assert.Throws<PipelineException>(() => build.Folder(new(["cpu"], "cpu")));

        Assert.Equal("It lacks something. The managed backend runs here.", refusal.Message);
        Assert.Empty(output.ToString());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_build_ends_when_it_is_asked_to()
    {
        var build = new TorchBuild(folder, TextWriter.Null) { Misfit = () => null, Stop = new(canceled: true) };

        Assert.Throws<OperationCanceledException>(() => build.Folder(new(["cpu"], "cpu")));
    }

    [Fact]
    public void A_build_that_fails_is_told_with_its_error_and_the_log_that_has_all_of_it()
    {
        using var output = new StringWriter();
        var build = new TorchBuild(folder, output) { Misfit = () => null };

        var failure = Assert.Throws<PipelineException>(() => build.Folder(new(["cpu"], "cpu")));

        var log = Path.Combine(folder, "artifacts", "torch-cpu", "build.log");
        Assert.StartsWith(
            "The backend torch could not be built: MSBUILD : error MSB1009",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith($"(all of it stands in {log}).", failure.Message, StringComparison.Ordinal);
        Assert.Contains("MSB1009", File.ReadAllText(log), StringComparison.Ordinal);
        Assert.StartsWith(
            "torch: building it in artifacts/torch-cpu; the first time, 0.6 GB are restored",
            output.ToString(),
            StringComparison.Ordinal
        );
    }
}
