using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class RunEventTests : IDisposable
{
    private static readonly (string, Scalar)[] Plain = [("optimizer.momentum", Scalar.Of(0L))];

    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Fact]
    public void A_rate_that_is_scaled_is_that_of_a_schedule()
    {
        var scheduled = clusters.Run(("schedule", Scalar.Of("step(2,0.5)")));

        Assert.Equal(scheduled.Weights, With("scale_learning_rate(2,0.5)").Weights);
        Assert.NotEqual(scheduled.Weights, clusters.Run().Weights);
    }

    [Fact]
    public void Gradient_descent_that_takes_over_from_itself_changes_nothing_and_leaves_schedules()
    {
        (string, Scalar)[] cosine = [.. Plain, ("schedule", Scalar.Of("cosine"))];

        Assert.Equal(clusters.Run(cosine).Weights, With("to_sgd(3,0.05)", cosine).Weights);
    }

    [Fact]
    public void A_velocity_begins_at_zero_with_its_optimizer()
    {
        var (without, with) = (clusters.Run(), With("to_sgd(2,0.05,0.9)"));

        Assert.Equal(without.Curves["train_loss"][..2], with.Curves["train_loss"][..2]);
        Assert.NotEqual(without.Curves["train_loss"][2], with.Curves["train_loss"][2]);
    }

    [Theory]
    [InlineData("to_sgd(1,0.1)", "sgd")]
    [InlineData("to_adam(1,0.01)", "adam")]
    [InlineData("to_adamw(1,0.01)", "adamw")]
    public void An_optimizer_takes_over_right_after_so_many_epochs(string call, string rule)
    {
        var seen = new List<NetworkState>();
        var rate = new List<float>();
        var backend = new Backend(
            "watched",
            start => new WatchedNetwork(
                Backend.Managed.Begin(start),
                (network, learningRate) =>
                {
                    seen.Add(network.Save());
                    rate.Add(learningRate);
                }
            )
        );

        Trainer.Run(
            Spec.With(("mid_run", Scalar.Of(call)), ("optimizer.weight_decay", Scalar.Of(0.01))),
            clusters.Data,
            backend,
            CancellationToken.None
        );

        const int steps = Clusters.Training / 16;
        Assert.Equal(("sgd", steps - 1), (seen[steps - 1].Optimizer.Rule.Name, seen[steps - 1].Updates));
        Assert.Equal((rule, 0), (seen[steps].Optimizer.Rule.Name, seen[steps].Updates));
        Assert.Equal(0.01, seen[steps].Optimizer.WeightDecay);
        Assert.Equal((0.05f, (float)OperationCall.Parse(call).Arguments[1]), (rate[steps - 1], rate[steps]));
    }

    [Fact]
    public void A_loss_scale_begins_again()
    {
        // It doubles once an epoch.
        (string, Scalar)[] narrow =
        [
            ("storage", Scalar.Of("bfloat16")),
            ("loss_scale", Scalar.Of($"dynamic(1024,{Clusters.Training / 16})")),
            ("epochs", Scalar.Of(4L)),
        ];

        Assert.Equal([2048, 4096, 8192, 16384], clusters.Run(narrow).Curves["epoch_end_loss_scale"]);
        Assert.Equal([2048, 4096, 2048, 4096], With("reset_loss_scale(2)", narrow).Curves["epoch_end_loss_scale"]);
    }

    [Fact]
    public void Events_happen_by_epoch_and_as_they_are_written_within_one()
    {
        var events = new RunEvents(
            [
                Operation.Of("scale_learning_rate", 5, 10),
                Operation.Of("to_adamw", 2, 0.5),
                Operation.Of("scale_learning_rate", 2, 0.5),
                Operation.Of("to_sgd", 4, 3, 0.9),
                Operation.Of("to_adam", 4, 8),
            ],
            learningRate: 1
        );

        Assert.Equal([1, 1, 0.25, 0.25, 8, 80, 80], Enumerable.Range(0, 7).Select(events.LearningRateAfter));
        Assert.Equal(
            [null, null, "adamw", null, "adam", null, null],
            Enumerable.Range(0, 7).Select(epochs => events.OptimizerAfter(epochs)?.Name)
        );
    }

    [Fact]
    public void The_optimizers_of_events_are_among_the_operations_of_a_run()
    {
        var operations = RunOperations
            .Of(Spec.With(("mid_run", Scalar.Of("to_adamw(1,0.001)+scale_learning_rate(2,0.5)"))))
            .Select(operation => $"{operation.Kind}/{operation.Call.Name}")
            .ToList();

        Assert.Contains("event/to_adamw", operations);
        Assert.Contains("event/scale_learning_rate", operations);
        Assert.Equal(
            ["optimizer/sgd", "optimizer/adamw"],
            operations.Where(o => o.StartsWith("optimizer", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("to_sgd", new[] { 0.0, 0.1 }, "The epochs before an event must be at least 1.")]
    [InlineData("to_sgd", new[] { 1, 0.1, 1 }, "The momentum of to_sgd must be at least 0 and less than 1.")]
    [InlineData(
        "to_adam",
        new[] { 1.0, 0 },
        "The learning rate of an event must be greater than 0 and within float32."
    )]
    [InlineData(
        "scale_learning_rate",
        new[] { 1, -0.5 },
        "The factor of scale_learning_rate must be greater than 0 and within float32."
    )]
    public void An_event_out_of_range_is_refused(string name, double[] arguments, string sentence) =>
        Assert.StartsWith(
            sentence,
            Assert.ThrowsAny<ArgumentException>(() => RunEventCatalogue.Create(name, arguments)).Message,
            StringComparison.Ordinal
        );

    private RunResult With(string events, params (string, Scalar)[] changes) =>
        clusters.Run([.. changes, ("mid_run", Scalar.Of(events))]);

    /// <summary>A network whose state is looked at before each step.</summary>
    private sealed class WatchedNetwork(ITrainableNetwork inner, Action<ITrainableNetwork, float> beforeStep)
        : WrappedNetwork(inner)
    {
        public override BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
        {
            beforeStep(this, learningRate);
            return base.TrainStep(inputs, labels, learningRate);
        }
    }
}
