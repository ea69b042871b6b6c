using Pipeline.Artifacts;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class ConfusionTests
{
    [Fact]
    public void Rows_are_counted_by_their_class_and_the_one_that_was_predicted()
    {
        float[] logits =
        [
            .. (float[])[2, 1, 0],
            .. (float[])[0, 1, 2],
            .. (float[])[0, 5, 2],
            .. (float[])[1, 1, 0], // of equal ones the first
            .. (float[])[9, float.NaN, 0], // predicts nothing
        ];

        Assert.Equal([1, 0, 1, 1, 1, 0, 0, 0, 0], Confusion.Count(logits, [0, 0, 1, 1, 2], 3)!);
    }

    [Fact]
    public void More_classes_than_can_be_read_are_not_counted()
    {
        Assert.Equal(400, Confusion.Count(new float[20], [19], 20)!.Length);
        Assert.Null(Confusion.Count(new float[21], [20], 21));
    }

    [Fact]
    public void A_run_keeps_what_it_took_for_what()
    {
        using var clusters = new Clusters();
        var result = clusters.Run(("epochs", Scalar.Of(1L)), ("learning_rate", Scalar.Of(1e-6)));

        var rows = CorrectRows.Read(result.Correct!);
        var counts = result.Confusion!;
        Assert.Equal(rows.Length * rows.Length, counts.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i].Length, counts.Skip(i * rows.Length).Take(rows.Length).Sum());
            Assert.Equal(rows[i].Count(isRight => isRight), counts[(i * rows.Length) + i]);
        }
    }
}
