using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class CaveatsTests
{
    [Fact]
    public void The_test_rows_are_counted()
    {
        var tables = Of(("split.seed", Scalar.Of(3L)));

        Assert.Equal(
            "Test rows: 7, the same for every run, drawn once (`split.seed` 3) unless the data come with a test split.",
            Caveats.TestRows(tables)
        );
        Assert.Equal("", Caveats.TestRows(Studies.Line));
    }

    [Fact]
    public void The_test_rows_of_several_data_sets_are_counted_one_by_one()
    {
        var tables = Of() with
        {
            Plan = Studies.Line.Plan with { Scientific = [new("dataset", [Scalar.Of("wine"), Scalar.Of("digits")])] },
            Runs =
            [
                Studies.Line.Runs[0] with
                {
                    Values = [Scalar.Of("wine")],
                    Correct = "3:Bw",
                },
                Studies.Line.Runs[0] with
                {
                    Values = [Scalar.Of("digits")],
                    Correct = "3:Bw 8:_w",
                },
            ],
        };

        Assert.Equal(
            "Test rows: 3 (`wine`), 11 (`digits`), the same for every run, drawn once unless the data come with a test split.",
            Caveats.TestRows(tables)
        );
    }

    [Fact]
    public void The_batches_of_an_epoch_are_counted_where_they_are_the_same_for_all_runs()
    {
        const string Rest =
            "Training rows that fill no batch, other ones in each epoch, are left out of it: the incomplete last batch is dropped.";

        Assert.Equal("An epoch has 28 batches of 64 rows. " + Rest, Caveats.Batches(Of(("epochs", Scalar.Of(15L)))));
        Assert.Equal("An epoch has 1 batch of 64 rows. " + Rest, Caveats.Batches(Of(("epochs", Scalar.Of(420L)))));
        Assert.Equal(Rest, Caveats.Batches(Of()));
        var stopped = Of(("epochs", Scalar.Of(15L)));
        Assert.Equal(Rest, Caveats.Batches(stopped with { Metrics = [.. stopped.Metrics, "epochs_trained"] }));
    }

    [Fact]
    public void What_training_measures_is_explained_where_it_is_shown()
    {
        Assert.False(Caveats.HasTraining(Studies.Grid));
        Assert.True(Caveats.HasTraining(Plotted.Curves));
        Assert.True(Caveats.HasTraining(Claimed.Tables));
    }

    private static StudyTables Of(params (string Key, Scalar Value)[] more) =>
        Studies.Line with
        {
            Plan = Studies.Line.Plan with
            {
                Fixed = Parameters.Of([
                    new("batch_size", Scalar.Of(64L)),
                    .. more.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)),
                ]),
            },
            Runs = [.. Studies.Line.Runs.Select(run => run with { Correct = "3:Bw 4:Dw" })],
        };
}
