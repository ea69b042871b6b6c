namespace Pipeline.Expand.Tests;

/// <summary>What a claim says becomes a cell of a table, which spreadsheets open.</summary>
public sealed class ClaimTextTests
{
    private const string Study =
        "title: A study\n" + StudyFolder.Minimal + "scientific: {normalization: [none, batch]}\nclaims:\n";

    [Theory]
    [InlineData("says: '=HYPERLINK(1)', source: B, basis: C", "13:10: says begins with '='")]
    [InlineData("says: A, source: ' @SUM(1)', basis: C", "13:21: source begins with '@'")]
    [InlineData("says: A, source: B, basis: -1+cmd", "13:31: basis begins with '-'")]
    [InlineData("says: A, source: B, basis: +cmd", "13:31: basis begins with '+'")]
    public void A_text_that_begins_as_a_formula_is_refused(string texts, string refusal) =>
        Assert.Equal(
            $"x.yaml:{refusal}, as formulas of spreadsheets do; begin with a word.",
            StudyFolder.RefusalOf($"{Study}- {{{texts}, metric: test_accuracy, left: {{}}, above: 0.9}}\n")
        );
}
