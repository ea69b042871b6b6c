using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;

namespace Pipeline.Preprocess.Tests;

public sealed class SplitTests
{
    [Theory]
    [InlineData(3, 0.3, 0.3, 1, 1, 1)]
    [InlineData(10, 0.1, 0.1, 8, 1, 1)]
    [InlineData(10, 0.25, 0.25, 4, 3, 3)]
    [InlineData(178, 0.1, 0.1, 142, 18, 18)]
    [InlineData(1797, 0.1, 0.1, 1437, 180, 180)]
    [InlineData(1797, 0.2, 0.01, 1420, 359, 18)]
    public void Every_row_is_in_one_split(
        int rows,
        double validationShare,
        double testShare,
        int training,
        int validation,
        int test
    )
    {
        var split = Split.Of(Header(rows), validationShare, testShare, seed: 3);

        Assert.Equal((training, validation, test), (split.Training.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, rows), split.Training.Concat(split.Validation).Concat(split.Test).Order());
    }

    [Fact]
    public void A_seed_fixes_the_split()
    {
        var (first, again, other) = (Of(seed: 0), Of(seed: 0), Of(seed: 1));

        Assert.Equal(first.Training, again.Training);
        Assert.Equal(first.Validation, again.Validation);
        Assert.Equal(first.Test, again.Test);
        Assert.NotEqual(first.Test.Order(), other.Test.Order());

        static Split Of(int seed) => Split.Of(Header(1000), 0.1, 0.1, seed);
    }

    [Fact]
    public void The_test_rows_do_not_depend_on_the_share_of_validation() =>
        Assert.Equal(Split.Of(Header(1000), 0.1, 0.1, seed: 0).Test, Split.Of(Header(1000), 0.3, 0.1, seed: 0).Test);

    [Fact]
    public void Rows_are_shuffled()
    {
        var split = Split.Of(Header(1000), 0.1, 0.1, seed: 0);

        Assert.NotEqual(split.Test.Order(), split.Test);
        Assert.NotEqual(split.Training.Order(), split.Training);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_published_test_split_stays_as_it_is(int seed)
    {
        var split = Split.Of(Header(100) with { Test = 20 }, 0.1, 0.5, seed);

        Assert.Equal(Enumerable.Range(100, 20), split.Test);
        Assert.Equal((90, 10), (split.Training.Length, split.Validation.Length));
        Assert.Equal(Enumerable.Range(0, 100), split.Training.Concat(split.Validation).Order());
    }

    [Theory]
    [InlineData(4, 0.1, 0.5, 2, 0, 2)]
    [InlineData(4, 0.5, 0.1, 2, 2, 0)]
    [InlineData(4, 0.5, 0.5, 0, 2, 2)]
    [InlineData(3, 0.9, 0.9, 0, 0, 3)]
    [InlineData(4, 0.6, 0.6, 0, 2, 2)]
    public void An_empty_split_is_refused(
        int rows,
        double validationShare,
        double testShare,
        int training,
        int validation,
        int test
    )
    {
        var e = Assert.Throws<InvalidDataException>(() => Split.Of(Header(rows), validationShare, testShare, seed: 0));

        Assert.Equal(
            $"split.validation and split.test leave {training} rows to train, "
                + $"{validation} to validate and {test} to test; each needs one at least.",
            e.Message
        );
    }

    [Fact]
    public void A_published_test_split_needs_training_rows_too() =>
        Assert.Throws<InvalidDataException>(() => Split.Of(Header(1) with { Test = 20 }, 0.9, 0.1, seed: 0));

    private static PreparedDataHeader Header(int rows) =>
        new()
        {
            Shape = [1],
            Classes = 2,
            Bytes = true,
            Training = rows,
            Validation = 0,
            Test = 0,
        };
}
