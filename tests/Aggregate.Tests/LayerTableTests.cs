using Pipeline.Artifacts;
using static Pipeline.Stages.Aggregate.Tests.Studies;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class LayerTableTests
{
    private static readonly Axis Activation = Texts("activation", "relu", "tanh");
    private static readonly Axis LearningRate = Numbers("learning_rate", 0.01, 0.1);

    [Fact]
    public void A_study_without_probes_has_no_layers() =>
        Assert.Empty(Aggregator.Aggregate(Plan([], [], 1, 2), [Completed(1), Completed(1)]).Layers);

    [Fact]
    public void Rows_stand_by_cell_epoch_layer_and_probe()
    {
        // Layers and epochs in the order of a run, of which the tables make their own.
        RunResult Result() =>
            Measured(
                Completed(1),
                Probe(10, 10, ("b", 1), ("B", 2)),
                Probe(2, 10, ("a", 3)),
                Probe(2, 9, ("c", 4), ("a", 5)),
                Probe(0, 1, ("a", 6))
            );

        var rows = Aggregator.Aggregate(Plan([Activation], [], 1), [Result(), Result()]).Layers;

        (int, int, string, string, double)[] ofACell =
        [
            (0, 1, "l1", "a", 6),
            (2, 9, "l9", "a", 5),
            (2, 9, "l9", "c", 4),
            (2, 10, "l10", "a", 3),
            (10, 10, "l10", "B", 2),
            (10, 10, "l10", "b", 1),
        ];
        Assert.Equal(
            Enumerable.Range(0, 2).SelectMany(cell => ofACell.Select(row => (cell, row))),
            rows.Select(row => (row.Cell, (row.Epoch, row.Layer, row.Name, row.Probe, row.Value.Mean!.Value)))
        );
    }

    [Fact]
    public void A_value_is_the_mean_over_seeds_with_its_interval()
    {
        var row = Assert.Single(
            Aggregator
                .Aggregate(
                    Plan([], [], 1, 2, 3, 4, 5),
                    [.. Enumerable.Range(1, 5).Select(i => Measured(Completed(1), Probe(0, 1, ("a", i))))]
                )
                .Layers
        );

        // As of the metric of StatisticsTests: mean 3, s² = 10/4.
        Assert.Equal(5, row.Runs);
        Assert.Equal(3, row.Value.Mean);
        Assert.Equal(3 - (2.7764451051977934 * Math.Sqrt(0.5)), row.Value.Low!.Value, 1e-13);
        Assert.Equal(3 + (2.7764451051977934 * Math.Sqrt(0.5)), row.Value.High!.Value, 1e-13);
    }

    [Fact]
    public void A_single_run_has_no_interval() =>
        Assert.Equal(
            new(7, null, null),
            Assert
                .Single(Aggregator.Aggregate(Plan([], [], 1), [Measured(Completed(1), Probe(0, 1, ("a", 7)))]).Layers)
                .Value
        );

    [Fact]
    public void Runs_without_a_value_are_left_out_of_the_mean()
    {
        // The second diverged before epoch 2, and what it measured of b at first was not finite.
        var rows = Aggregator
            .Aggregate(
                Plan([], [], 1, 2, 3),
                [
                    Measured(Completed(1), Probe(0, 1, ("a", 1), ("b", 10)), Probe(2, 1, ("a", 4))),
                    Measured(Diverged(), Probe(0, 1, ("a", 2))),
                    Measured(Completed(1), Probe(0, 1, ("a", 6), ("b", 30)), Probe(2, 1, ("a", 8))),
                ]
            )
            .Layers;

        Assert.Equal(
            [(0, "a", 3, 3.0), (0, "b", 2, 20.0), (2, "a", 2, 6.0)],
            rows.Select(row => (row.Epoch, row.Probe, row.Runs, row.Value.Mean!.Value))
        );
        // Of two values, t(0.975, 1) = 12.706204736174694; half of the interval is t·|x − y|/2.
        Assert.Equal(12.706204736174694 * 2, (rows[2].Value.High - rows[2].Value.Low)!.Value / 2, 1e-12);
    }

    [Fact]
    public void A_cell_whose_runs_all_diverged_at_once_has_no_row()
    {
        var rows = Aggregator
            .Aggregate(Plan([Activation], [], 1), [Diverged(), Measured(Completed(1), Probe(0, 1, ("a", 1)))])
            .Layers;

        Assert.Equal(1, Assert.Single(rows).Cell);
    }

    [Fact]
    public void What_the_chosen_trial_measured_counts_alone()
    {
        double[] accuracies = [0.5, 0.9, 0.8, 0.1];
        var results = accuracies.SelectMany(
            (accuracy, trial) =>
                Enumerable
                    .Range(0, 2)
                    .Select(seed => Measured(Completed(accuracy), Probe(0, 1, ("a", (10 * trial) + seed))))
        );

        var tables = Aggregator.Aggregate(Plan([Activation], [LearningRate], 1, 2), [.. results]);

        Assert.Equal([0.1, 0.01], tables.Cells.Select(cell => cell.Chosen.Single().ToDouble()));
        Assert.Equal(
            [(0, 2, 10.5), (1, 2, 20.5)],
            tables.Layers.Select(row => (row.Cell, row.Runs, row.Value.Mean!.Value))
        );
    }

    [Fact]
    public void Cells_are_counted_as_the_tables_have_them()
    {
        // The first cell's trials are no part of the plan.
        var plan = Plan([Activation], [LearningRate], 1) with
        {
            Trials = [2, 3],
        };

        var tables = Aggregator.Aggregate(
            plan,
            [Measured(Completed(0.1), Probe(0, 1, ("a", 1))), Measured(Completed(0.9), Probe(0, 1, ("a", 2)))]
        );

        var row = Assert.Single(tables.Layers);
        Assert.Equal([Scalar.Of("tanh")], tables.Cells[row.Cell].Values);
        Assert.Equal(2, row.Value.Mean);
    }

    [Fact]
    public void The_layers_of_the_tables_survive_their_encoding()
    {
        var bytes = ArtifactEncoding.Encode(
            Aggregator.Aggregate(Plan([], [], 1), [Measured(Completed(1), Probe(0, 1, ("a", 0.1)))])
        );

        Assert.Equal(bytes, ArtifactEncoding.Encode(ArtifactEncoding.DecodeStudyTables(bytes)));
        Assert.Equal(0.1, Assert.Single(ArtifactEncoding.DecodeStudyTables(bytes).Layers).Value.Mean);
    }

    private static RunResult Measured(RunResult result, params LayerProbe[] probes) => result with { Probes = probes };

    private static LayerProbe Probe(int epoch, int layer, params (string Name, double Value)[] values) =>
        new()
        {
            Epoch = epoch,
            Layer = layer,
            Name = $"l{layer}",
            Values = new(
                values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
        };
}
