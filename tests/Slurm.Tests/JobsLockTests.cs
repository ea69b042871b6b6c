using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class JobsLockTests : IDisposable
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    private readonly TemporaryFolder cache = new();
    private readonly List<string> told = [];

    private string Jobs => cache.File(JobFolder.Jobs);

    public void Dispose() => cache.Dispose();

    [Fact]
    public void Who_gives_it_back_lets_another_have_it()
    {
        foreach (var _ in Enumerable.Range(0, 2))
            Take(Never).Dispose();

        Assert.Empty(told);
    }

    [Fact]
    public void A_second_one_waits_and_is_told_where_that_takes_long()
    {
        var first = Take(Never);

        // Whom it waits for goes on meanwhile.
        using var second = JobsLock.Take(cache.Path, Tell, CancellationToken.None, silence: TimeSpan.Zero);

        Assert.Equal(["slurm: waiting for another command, which is submitting jobs"], told);

        void Tell(string line)
        {
            told.Add(line);
            first.Dispose();
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void It_is_told_once_and_not_at_once(int days, int times)
    {
        using var first = Take(Never);
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));

        Assert.Throws<OperationCanceledException>(() =>
            JobsLock.Take(cache.Path, told.Add, source.Token, TimeSpan.FromDays(days))
        );

        Assert.Equal(times, told.Count);
    }

    [Fact]
    public void A_folder_that_can_not_be_written_is_told_of()
    {
        File.WriteAllText(Jobs, "");

        var sentence = Assert.Throws<PipelineException>(() => Take(Never)).Message;

        Assert.StartsWith($"Jobs can't be written to {Jobs} (", sentence, StringComparison.Ordinal);
        Assert.EndsWith("): mend that, or choose another folder with --cache.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_where_the_lock_should_be()
    {
        Directory.CreateDirectory(Path.Combine(Jobs, "lock"));

        Assert.Throws<PipelineException>(() => Take(Never));
    }

    [Theory]
    [InlineData(0b111_111_101, 0b110_110_100)]
    [InlineData(0b111_111_111, 0b110_110_110)]
    [InlineData(0b111_111_000, 0b110_110_000)]
    public void Who_may_write_to_the_folder_may_have_it_and_may_remove_only_what_is_his(int folder, int file)
    {
        if (OperatingSystem.IsWindows())
            return;
        Make((UnixFileMode)folder);

        Take(Never).Dispose();

        Assert.Equal((UnixFileMode)folder | UnixFileMode.StickyBit, File.GetUnixFileMode(Jobs));
        Assert.Equal((UnixFileMode)file, File.GetUnixFileMode(Path.Combine(Jobs, "lock")));
    }

    [Theory]
    [InlineData(0b111_101_101)]
    [InlineData(0b111_000_000)]
    public void A_private_folder_stays_as_it_is(int folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        Make((UnixFileMode)folder);

        Take(Never).Dispose();

        Assert.Equal((UnixFileMode)folder, File.GetUnixFileMode(Jobs));
        Assert.False(File.GetUnixFileMode(Path.Combine(Jobs, "lock")).HasFlag(UnixFileMode.OtherWrite));
    }

    private IDisposable Take(TimeSpan silence) => JobsLock.Take(cache.Path, told.Add, CancellationToken.None, silence);

    private void Make(UnixFileMode mode)
    {
        Directory.CreateDirectory(Jobs);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Jobs, mode);
    }
}
