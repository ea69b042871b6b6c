using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;
using Pipeline.Train.Tests;

namespace Pipeline.Slurm.Tests;

public sealed class RunPackTests
{
    private static readonly KeyPart Code = Part("Pipeline.Train", "1");

    [Fact]
    public void A_node_has_the_runs_as_they_were_packed()
    {
        var task = Task(
            ("seed", Scalar.Of(long.MaxValue)),
            ("learning_rate", Scalar.Of(1e-7)),
            ("activation", Scalar.Of("<é>\"\\\n+"))
        );

        var there = Assert.Single(Sent(RunPack.Of([task])).Tasks("managed", data => $"/there/{data}"));

        Assert.Equal(task.Key.Json, there.Key.Json);
        Assert.Equal(task.Key.Digest, there.Key.Digest);
        Assert.Equal(task.Parameters.ToJson(), there.Parameters.ToJson());
        Assert.Equal($"/there/{Digest.Of("data")}", there.Data);
        Assert.Equal("managed", there.Backend);
    }

    [Fact]
    public void Runs_stay_in_order()
    {
        RunTask[] tasks = [.. new[] { 3L, 1, 2 }.Select(seed => Task(("seed", Scalar.Of(seed))))];

        Assert.Equal(
            tasks.Select(task => task.Key.Digest),
            Sent(RunPack.Of(tasks)).Tasks("managed", data => data).Select(task => task.Key.Digest)
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void It_says_how_many_runs_may_be_trained_at_once(int? threads) =>
        Assert.Equal(threads, Sent(RunPack.Of([Task()], threads)).Threads);

    [Fact]
    public void What_keys_have_in_common_is_packed_once()
    {
        RunTask[] tasks =
        [
            Task(Code, KeyPart.Empty),
            Task(Part("Pipeline.Train", "2"), KeyPart.Empty),
            Task(Code, Part("device", "A100")),
            Task(Code, KeyPart.Empty),
        ];

        var pack = Sent(RunPack.Of(tasks));

        Assert.Equal(3, pack.Parts.Count);
        Assert.Equal([0, 1, 2, 0], pack.Runs.Select(run => run.Part));
        Assert.Equal(
            tasks.Select(task => task.Key.Json),
            pack.Tasks("managed", data => data).Select(task => task.Key.Json)
        );
    }

    [Fact]
    public void A_run_whose_key_is_another_here_is_refused()
    {
        var pack = RunPack.Of([Task()]);
        var other = Digest.Of("other");
        var changed = pack with { Runs = [pack.Runs[0] with { Key = other }] };

        Assert.Equal(
            $"The run {other} was packed by another version: submit it again.",
            Assert.Throws<PipelineException>(() => Sent(changed).Tasks("managed", data => data)).Message
        );
    }

    private static RunPack Sent(RunPack pack) => RunPack.Decode(pack.Encode());

    private static KeyPart Part(string name, string value) => KeyPart.Of([KeyValuePair.Create(name, value)]);

    private static RunTask Task(params (string Key, Scalar Value)[] changes) => Task(Code, KeyPart.Empty, changes);

    private static RunTask Task(KeyPart code, KeyPart backend, params (string Key, Scalar Value)[] changes)
    {
        var parameters = Spec.With(changes);
        var key = new StageKey("train", parameters, Part("data", Digest.Of("data")), code, backend);
        return new(key, parameters, "/here", "managed");
    }
}
