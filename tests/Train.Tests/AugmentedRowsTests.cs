using Pipeline.Artifacts;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class AugmentedRowsTests
{
    private const int Channels = 2;
    private const int Height = 5;
    private const int Width = 4;
    private const int Length = Channels * Height * Width;

    [Fact]
    public void An_image_is_moved_and_mirrored_as_a_whole()
    {
        var seen = new HashSet<(int Down, int Right, bool IsMirrored)>();
        for (var row = 0; row < 2_000; row++)
        {
            var changed = Changed(new(2, 0.5), row);
            var found = Moves(2).Single(move => Moved(move.Down, move.Right, move.IsMirrored).SequenceEqual(changed));
            seen.Add(found);
        }

        Assert.Equal(5 * 5 * 2, seen.Count);
    }

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(1.0, 400, 400)]
    [InlineData(0.25, 60, 140)]
    public void Images_are_mirrored_as_often_as_is_asked_for(double share, int least, int most)
    {
        var mirrored = Enumerable
            .Range(0, 400)
            .Count(row => Changed(new(0, share), row).SequenceEqual(Moved(0, 0, isMirrored: true)));

        Assert.InRange(mirrored, least, most);
    }

    [Fact]
    public void What_happens_to_an_image_depends_on_seed_epoch_and_row_alone()
    {
        var change = new Augmentation(2, 0.5);
        int[] rows = [11, 3, 99, 42];
        var together = Enumerable.Range(0, rows.Length).SelectMany(_ => Image()).ToArray();

        new AugmentedRows(change, [Channels, Height, Width]).Change(seed: 1, epoch: 2, rows, together);

        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(Changed(change, rows[i], seed: 1, epoch: 2), together.AsSpan(i * Length, Length));
        Assert.NotEqual(Many(seed: 1, epoch: 2), Many(seed: 1, epoch: 3));
        Assert.NotEqual(Many(seed: 1, epoch: 2), Many(seed: 2, epoch: 2));

        float[] Many(ulong seed, int epoch) =>
            [.. Enumerable.Range(0, 10).SelectMany(row => Changed(change, row, seed, epoch))];
    }

    [Fact]
    public void Padding_larger_than_the_image_may_leave_nothing_of_it() =>
        Assert.Contains(Enumerable.Range(0, 100), row => Changed(new(64, 0), row).All(x => x == 0));

    [Fact]
    public void Training_images_change_and_others_do_not()
    {
        using var plain = new Clusters(augmentation: new(0, 0));
        using var augmented = new Clusters(augmentation: new(3, 0.5));
        (string, Scalar)[] one = [("epochs", Scalar.Of(1L)), ("learning_rate", Scalar.Of(1e-30))];

        // Weights don't move, so that validation tells whether its images did.
        var (first, second) = (plain.Run(one), augmented.Run(one));

        Assert.NotEqual(first.Curves["train_loss"], second.Curves["train_loss"]);
        Assert.Equal(first.Curves["validation_loss"], second.Curves["validation_loss"]);
        Assert.Equal(first.Metrics["test_loss"], second.Metrics["test_loss"]);
    }

    private static float[] Changed(Augmentation change, int row, ulong seed = 0, int epoch = 0)
    {
        var image = Image();
        new AugmentedRows(change, [Channels, Height, Width]).Change(seed, epoch, [row], image);
        return image;
    }

    // No two pixels are equal, and none is 0.
    private static float[] Image() => [.. Enumerable.Range(1, Length).Select(x => (float)x)];

    private static IEnumerable<(int Down, int Right, bool IsMirrored)> Moves(int padding) =>
        from down in Enumerable.Range(-padding, (2 * padding) + 1)
        from right in Enumerable.Range(-padding, (2 * padding) + 1)
        from isMirrored in new[] { false, true }
        select (down, right, isMirrored);

    // The definition, pixel by pixel.
    private static float[] Moved(int down, int right, bool isMirrored)
    {
        var (x, y) = (Image(), new float[Length]);
        for (var c = 0; c < Channels; c++)
        {
            for (var i = 0; i < Height; i++)
            {
                for (var j = 0; j < Width; j++)
                {
                    var (from, at) = (i + down, (isMirrored ? Width - 1 - j : j) + right);
                    if (from is >= 0 and < Height && at is >= 0 and < Width)
                        y[(((c * Height) + i) * Width) + j] = x[(((c * Height) + from) * Width) + at];
                }
            }
        }
        return y;
    }
}
