using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class JobFolderTests : IDisposable
{
    private readonly Rig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void What_is_written_is_read_by_the_tasks()
    {
        var tasks = rig.Tasks(3);
        var job = rig.Job([tasks[0], tasks[2]], [tasks[1]]);

        Assert.Equal(rig.Description(), job.ReadDescription());
        Assert.Equal([tasks[0].Key.Digest, tasks[2].Key.Digest], job.ReadPack(0).Runs.Select(run => run.Key));
        Assert.Equal([tasks[1].Key.Digest], job.ReadPack(1).Runs.Select(run => run.Key));
        Assert.Equal("script", File.ReadAllText(job.PathOf(JobFolder.Script)));
        Assert.True(Directory.Exists(job.PathOf(JobFolder.Logs)));
    }

    [Fact]
    public void The_keys_tell_which_task_has_which_runs()
    {
        var tasks = rig.Tasks(3);

        Assert.Equal(
            [
                [tasks[0].Key.Digest, tasks[2].Key.Digest],
                [tasks[1].Key.Digest],
            ],
            rig.Job([tasks[0], tasks[2]], [tasks[1]]).ReadKeys()
        );
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(66)]
    public void Keys_that_are_not_all_written_are_none(int missing)
    {
        var job = rig.Job(rig.Tasks(2));
        var keys = job.PathOf("keys");
        File.WriteAllText(keys, File.ReadAllText(keys)[..^missing]);

        Assert.Empty(job.ReadKeys());
    }

    [Fact]
    public void Keys_of_a_task_out_of_turn_are_none()
    {
        var job = rig.Job(rig.Tasks(1));
        File.WriteAllText(job.PathOf("keys"), $"1 {Digest.Of("a")}\n");

        Assert.Empty(job.ReadKeys());
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_keys_and_no_attempts()
    {
        var job = JobFolder.New(rig.Cache.Folder);

        Assert.Empty(job.ReadKeys());
        Assert.Empty(job.AttemptFiles());
    }

    [Fact]
    public void An_attempt_is_read_as_it_was_told()
    {
        var job = rig.Job(rig.Tasks(1));
        var told = Given.Attempt(AttemptState.Stopped, 3, 4, "No room.", 1.5, [0, 2], [new(1, "It can't.")]);

        job.WriteAttempt(0, 0, told);

        var read = job.ReadAttempt(job.AttemptFiles()[0])!;
        Assert.Equal(told with { Done = read.Done, Failed = read.Failed }, read);
        Assert.Equal(told.Done, read.Done);
        Assert.Equal(told.Failed, read.Failed);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 9)]
    [InlineData(100, 20)]
    public void The_last_attempt_counts_whichever_was_written_last(int last, int before)
    {
        var job = rig.Job(rig.Tasks(1));
        job.WriteAttempt(0, last, Given.Attempt(AttemptState.Running, trained: 1));
        job.WriteAttempt(0, before, Given.Attempt(AttemptState.Stopped));

        var file = job.AttemptFiles()[0];
        Assert.Equal(last, file.Number);
        Assert.Equal(1, job.ReadAttempt(file)?.Trained);
    }

    [Fact]
    public void Attempts_at_other_tasks_do_not_count()
    {
        var job = rig.Job(rig.Tasks(1));
        job.WriteAttempt(11, 0, Given.Attempt(AttemptState.Ended));

        Assert.Equal([11], job.AttemptFiles().Keys);
    }

    [Fact]
    public void The_file_of_an_attempt_has_a_time_and_a_length()
    {
        var job = rig.Job(rig.Tasks(1));
        job.WriteAttempt(3, 1, Given.Attempt(AttemptState.Stopped));
        var path = job.PathOf("attempts/3.1.json");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);

        Assert.Equal(new(path, 1, DateTime.UnixEpoch, new FileInfo(path).Length), job.AttemptFiles()[3]);
    }

    [Theory]
    [InlineData("a.0.json")]
    [InlineData("0.json")]
    [InlineData("0.-1.json")]
    [InlineData("0.0.1.json")]
    [InlineData("0.0.json.tmp")]
    public void Other_files_are_no_attempts(string name)
    {
        var job = rig.Job(rig.Tasks(1));
        File.WriteAllText(job.PathOf($"attempts/{name}"), "{}");

        Assert.Empty(job.AttemptFiles());
    }

    [Fact]
    public void A_look_anew_at_the_attempts_leaves_nothing_behind()
    {
        var job = rig.Job(rig.Tasks(1));
        job.WriteAttempt(0, 0, Given.Attempt(AttemptState.Running));

        job.Refresh();

        Assert.Equal(
            ["0.0.json"],
            Directory.EnumerateFileSystemEntries(job.PathOf("attempts")).Select(Path.GetFileName)
        );
    }

    [Fact]
    public void Attempts_at_a_job_that_is_gone_are_looked_at_in_vain()
    {
        var job = JobFolder.New(rig.Cache.Folder);

        job.Refresh();

        Assert.False(Directory.Exists(job.Path));
    }

    [Fact]
    public void Nobody_else_writes_to_the_folder_of_a_job_whatever_its_cache_lets_others_do()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode All = (UnixFileMode)0b111_111_111;
        var job = JobFolder.New(rig.Cache.Folder);
        // As one is made where the umask is 0.
        Directory.CreateDirectory(job.Path);
        File.SetUnixFileMode(job.Path, All);

        job.WriteScript("script");

        Assert.Equal(All & ~UnixFileMode.GroupWrite & ~UnixFileMode.OtherWrite, File.GetUnixFileMode(job.Path));
    }

    [Fact]
    public void The_nodes_of_others_read_the_folder_of_a_job_though_its_maker_keeps_all_to_himself()
    {
        if (OperatingSystem.IsWindows())
            return;
        var job = JobFolder.New(rig.Cache.Folder);
        Directory.CreateDirectory(job.Path);
        File.SetUnixFileMode(job.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        job.Make();

        Assert.True(File.GetUnixFileMode(job.Path).HasFlag(UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
    }

    [Fact]
    public void An_attempt_that_can_not_be_read_told_nothing()
    {
        var job = rig.Job(rig.Tasks(1));
        File.WriteAllText(job.PathOf("attempts/0.0.json"), "{\"node\":");

        Assert.Null(job.ReadAttempt(job.AttemptFiles()[0]));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"threads\":null}")]
    [InlineData(null)]
    public void A_pack_that_can_not_be_read_is_told_of_with_its_path(string? text)
    {
        var job = rig.Job(rig.Tasks(1));
        var path = job.PathOf(Path.Combine("packs", "0.json"));
        if (text is null)
            File.Delete(path);
        else
            File.WriteAllText(path, text);

        var sentence = Assert.Throws<PipelineException>(() => job.ReadPack(0)).Message;

        Assert.StartsWith($"{path} can't be read on {Environment.MachineName} (", sentence, StringComparison.Ordinal);
        Assert.EndsWith(
            "): the cache's folder must be on a file system that all nodes share.",
            sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void All_jobs_of_a_cache_are_found()
    {
        Assert.Empty(JobFolder.All(rig.Cache.Folder));
        var (one, other) = (rig.Job(rig.Tasks(1)), rig.Job(rig.Tasks(1)));

        Assert.Equal(new[] { one.Name, other.Name }.Order(StringComparer.Ordinal), rig.Jobs);
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("pipeline-")]
    [InlineData("pipeline-0123456789a")]
    [InlineData("pipeline-0123456789abc")]
    [InlineData("pipeline-0123456789AB")]
    [InlineData("pipeline-0123456,89ab")]
    [InlineData("pipeline-01234567 9ab")]
    public void Folders_of_other_names_are_no_jobs(string name)
    {
        Directory.CreateDirectory(Path.Combine(rig.Cache.Folder, JobFolder.Jobs, name));

        Assert.Empty(rig.Jobs);
    }

    [Fact]
    public void A_link_is_no_job()
    {
        var job = rig.Job(rig.Tasks(1));
        Directory.CreateSymbolicLink(JobFolder.New(rig.Cache.Folder).Path, job.Path);

        Assert.Equal([job.Name], rig.Jobs);
    }

    [Fact]
    public void A_job_has_a_name_that_Slurm_and_file_systems_take() =>
        Assert.Matches("^pipeline-[0-9a-f]{12}$", JobFolder.New(rig.Cache.Folder).Name);

    [Fact]
    public void A_job_is_as_old_as_its_folder_while_its_files_are_being_written()
    {
        var job = JobFolder.New(rig.Cache.Folder);
        Directory.CreateDirectory(job.PathOf("program"));

        Assert.True(job.Age < TimeSpan.FromDays(1));
    }

    [Fact]
    public void What_was_deleted_may_be_deleted_again()
    {
        var job = rig.Job(rig.Tasks(1));

        job.Delete();
        job.Delete();

        Assert.False(Directory.Exists(job.Path));
    }
}
