using Pipeline.Stages.Preprocess;

namespace Pipeline.Preprocess.Tests;

public sealed class SplitTests
{
    [Theory]
    [InlineData(6, 0.3, 0.3, 2, 2, 2)]
    [InlineData(10, 0.1, 0.1, 8, 1, 1)]
    [InlineData(10, 0.25, 0.25, 4, 3, 3)]
    [InlineData(178, 0.1, 0.2, 124, 18, 36)]
    [InlineData(1797, 0.1, 0.1, 1437, 180, 180)]
    [InlineData(1797, 0.1, 0.2, 1258, 180, 359)]
    public void Every_row_is_in_one_split(
        int rows,
        double validationShare,
        double testShare,
        int training,
        int validation,
        int test
    )
    {
        var split = Of(Alternating(rows), validationShare, testShare, seed: 3);

        Assert.Equal((training, validation, test), (split.Training.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, rows), split.Training.Concat(split.Validation).Concat(split.Test).Order());
    }

    [Fact]
    public void The_test_rows_are_the_same_for_every_seed_and_no_other_split_has_one()
    {
        var test = Of(Alternating(1000), seed: 0).Test;

        for (var seed = 1; seed < 20; seed++)
        {
            var split = Of(Alternating(1000), seed: seed);
            Assert.Equal(test, split.Test);
            Assert.Empty(split.Training.Concat(split.Validation).Intersect(test));
        }
    }

    [Fact]
    public void Another_seed_of_the_split_draws_other_test_rows() =>
        Assert.NotEqual(Of(Alternating(1000)).Test, Of(Alternating(1000), splitSeed: 1).Test);

    [Fact]
    public void The_seed_draws_what_validates_and_how_the_others_are_shuffled()
    {
        var (first, again, other) = (Of(Alternating(1000)), Of(Alternating(1000)), Of(Alternating(1000), seed: 1));

        Assert.Equal(first.Training, again.Training);
        Assert.Equal(first.Validation, again.Validation);
        Assert.NotEqual(first.Validation, other.Validation);
        Assert.NotEqual(first.Training.Order(), first.Training);
    }

    [Fact]
    public void The_test_rows_do_not_depend_on_the_share_of_validation() =>
        Assert.Equal(Of(Alternating(1000)).Test, Of(Alternating(1000), validationShare: 0.3).Test);

    [Fact]
    public void Every_class_gives_its_share()
    {
        // 500, 300 and 200 rows, in no order.
        int[] labels =
        [
            .. Enumerable
                .Range(0, 1000)
                .Select(i =>
                    (i * 7 % 10) switch
                    {
                        < 5 => 0,
                        < 8 => 1,
                        _ => 2,
                    }
                ),
        ];

        var split = Of(labels, 0.1, 0.2);

        Assert.Equal([100, 60, 40], Sizes(split.Test));
        Assert.Equal([50, 30, 20], Sizes(split.Validation));
        Assert.Equal([350, 210, 140], Sizes(split.Training));

        int[] Sizes(int[] rows) =>
            [.. rows.GroupBy(row => labels[row]).OrderBy(group => group.Key).Select(group => group.Count())];
    }

    [Theory]
    [InlineData(new[] { 13, 7 }, 0.25, new[] { 3, 2 })]
    [InlineData(new[] { 5, 5, 5 }, 0.2, new[] { 1, 1, 1 })]
    [InlineData(new[] { 4, 4, 4 }, 0.4, new[] { 2, 2, 1 })]
    public void What_is_left_of_shares_goes_to_the_largest_remainders(int[] sizes, double share, int[] expected)
    {
        int[] labels = [.. sizes.SelectMany((size, label) => Enumerable.Repeat(label, size))];

        var test = Of(labels, 0.2, share).Test;

        Assert.Equal(expected, sizes.Select((_, label) => test.Count(row => labels[row] == label)));
    }

    [Fact]
    public void A_class_of_one_row_trains_whatever_the_seed()
    {
        int[] labels = [.. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 9), 2];

        for (var seed = 0; seed < 20; seed++)
            Assert.Contains(19, Of(labels, 0.1, 0.3, seed, seed).Training);
    }

    [Fact]
    public void A_class_without_a_row_to_train_is_refused()
    {
        // The published test split alone has class 1.
        int[] labels = [.. Enumerable.Repeat(0, 20), 1, 1];

        var e = Assert.Throws<InvalidDataException>(() => Of(labels, publishedTest: 2));

        Assert.Equal(
            "No training row has class 1 (of 2, counted from 0), so that no network can learn it: "
                + "give the class a row that trains, or leave it out of the data.",
            e.Message
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_published_test_split_stays_as_it_is(int seed)
    {
        var split = Of(Alternating(120), 0.1, 0.5, seed, seed, publishedTest: 20);

        Assert.Equal(Enumerable.Range(100, 20), split.Test);
        Assert.Equal((90, 10), (split.Training.Length, split.Validation.Length));
        Assert.Equal(Enumerable.Range(0, 100), split.Training.Concat(split.Validation).Order());
    }

    [Theory]
    [InlineData(4, 0.1, 0.5, 2, 0, 2)]
    [InlineData(4, 0.5, 0.1, 2, 2, 0)]
    // Each class keeps its last row to train.
    [InlineData(4, 0.5, 0.5, 2, 0, 2)]
    [InlineData(2, 0.9, 0.9, 2, 0, 0)]
    public void An_empty_split_is_refused(
        int rows,
        double validationShare,
        double testShare,
        int training,
        int validation,
        int test
    )
    {
        var e = Assert.Throws<InvalidDataException>(() => Of(Alternating(rows), validationShare, testShare));

        Assert.Equal(
            $"split.validation and split.test leave {training} rows to train, "
                + $"{validation} to validate and {test} to test; each needs one at least.",
            e.Message
        );
    }

    private static int[] Alternating(int rows) => [.. Enumerable.Range(0, rows).Select(i => i % 2)];

    private static Split Of(
        int[] labels,
        double validationShare = 0.1,
        double testShare = 0.1,
        int seed = 0,
        int splitSeed = 0,
        int publishedTest = 0
    ) =>
        Split.Of(
            new()
            {
                Shape = [1],
                Classes = labels.Max() + 1,
                Bytes = true,
                Training = labels.Length - publishedTest,
                Validation = 0,
                Test = publishedTest,
            },
            labels,
            (validationShare, seed),
            (testShare, splitSeed)
        );
}
