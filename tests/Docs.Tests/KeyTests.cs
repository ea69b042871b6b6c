using Pipeline.Stages.Expand;
using Pipeline.Stages.Expand.Claims;
using Pipeline.Stages.Expand.Plots;

namespace Pipeline.Docs.Tests;

/// <summary>The tables of a study's keys, a claim's and the plots have those that there are, and the examples are studies.</summary>
public sealed class KeyTests
{
    private const string Page = "experiments/README.md";

    [Fact]
    public void The_keys_of_a_study() => AssertSame(StudyKeys.All, Codes("key"));

    [Fact]
    public void The_keys_of_a_claim() => AssertSame(ClaimKeys.All, Codes("key of a claim"));

    [Fact]
    public void What_a_claim_must_have_is_required() =>
        Assert.Equal(
            ["says", "source", "basis", "metric", "left"],
            MarkdownTable
                .Of(Page, "key of a claim")
                .Rows.Where(row => row[2] == "required")
                .SelectMany(row => MarkdownTable.Codes(row[0]))
        );

    [Theory]
    [InlineData("says")]
    [InlineData("source")]
    [InlineData("basis")]
    [InlineData("metric")]
    [InlineData("left")]
    public void A_claim_without_what_is_required_is_refused(string key)
    {
        var lines = StudyExample
            .Text.Split('\n')
            .Where(line =>
                !line.TrimStart(' ', '-').StartsWith(key + ":", StringComparison.Ordinal)
                || !line.StartsWith("  ", StringComparison.Ordinal)
            );
        var text = string.Join('\n', lines);
        // The first key of the list begins its item.
        text =
            key == "says" ? text.Replace("claims:\n    source", "claims:\n  - source", StringComparison.Ordinal) : text;

        Assert.EndsWith(
            $"the claim gives no {key}; add what is missing.",
            Assert.Throws<StudyException>(() => StudyExample.Expand(text)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_plots() =>
        AssertSame(
            PlotForm.All.Select(form => (form.Name, string.Join(", ", form.Arguments.Concat(form.Options)))),
            MarkdownTable.Of(Page, "plot").Rows.Select(row => Form(MarkdownTable.Codes(row[0]).Single()))
        );

    [Fact]
    public void The_example_of_a_study_is_one()
    {
        var plan = StudyExample.Expand(StudyExample.Text);

        Assert.Equal((8, 5, 1), (plan.Trials.Count, plan.Seeds.Count, plan.Claims.Count));
    }

    private static IEnumerable<string> Codes(string firstColumn) =>
        MarkdownTable.Of(Page, firstColumn).Rows.SelectMany(row => MarkdownTable.Codes(row[0]));

    /// <summary><c>bars(axis, by: axis)</c> is the name bars and what can be given: axis, by.</summary>
    private static (string Name, string Arguments) Form(string call) =>
        call.Split('(') is [var name, var arguments]
            ? (
                name,
                string.Join(", ", arguments.TrimEnd(')').Split(',').Select(argument => argument.Split(':')[0].Trim()))
            )
            : (call, "");

    private static void AssertSame<T>(IEnumerable<T> expected, IEnumerable<T> actual) =>
        Assert.Equal(expected.Order(), actual.Order());
}
