using Cake.Common;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class ArgumentTests
{
    [Fact]
    public void The_last_value_counts_where_one_is_asked_for() =>
        Assert.Equal("b", Context("--x-y=a", "--x-y=b").Argument<string>("x-y"));

    [Fact]
    public void All_values_come_in_order() =>
        Assert.Equal([1, 2], Context("--jobs=1", "--jobs=2").Arguments<int>("jobs"));

    [Fact]
    public void Values_are_read_with_the_invariant_culture() =>
        Assert.Equal(0.5, Context("--rate=0.5").Argument<double>("rate"));

    [Fact]
    public void Names_match_in_any_case() => Assert.True(Context("--Force").HasArgument("fORCE"));

    [Fact]
    public void An_argument_without_a_value_is_there_but_gives_the_default()
    {
        var context = Context("--force");
        Assert.True(context.HasArgument("force"));
        Assert.False(context.Argument("force", false));
        Assert.Equal([null], context.Arguments.GetArguments("force"));
    }

    [Fact]
    public void An_argument_that_is_not_there_gives_the_default() => Assert.Equal(3, Context().Argument("jobs", 3));

    [Fact]
    public void An_argument_that_is_not_there_is_missed_by_name()
    {
        const string Sentence = "Argument 'jobs' was not set.";
        Assert.Equal(Sentence, Assert.Throws<CakeException>(() => Context().Argument<int>("jobs")).Message);
        Assert.Equal(Sentence, Assert.Throws<CakeException>(() => Context("--jobs").Argument<int>("jobs")).Message);
        Assert.Equal(Sentence, Assert.Throws<CakeException>(() => Context().Arguments<int>("jobs")).Message);
    }

    [Fact]
    public void A_value_that_the_type_cannot_hold_is_named() =>
        Assert.StartsWith(
            "three is not a valid value for Int32.",
            Assert.Throws<ArgumentException>(() => Context("--jobs=three").Argument<int?>("jobs", null)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void All_arguments_can_be_listed() =>
        Assert.Equal(
            ["jobs", "target"],
            Context("--jobs=3").Arguments.GetArguments().Keys.Order(StringComparer.Ordinal)
        );

    private static HostContext Context(params string[] arguments) =>
        new(new NullLog(), CommandLine.Parse(arguments).Arguments, new CakeDataService(), new Services());
}
