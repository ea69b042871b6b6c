using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("Fall of sigmoids", "Fall of sigmoids")]
    [InlineData("a | b", "a \\| b")]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("R&D &lt;", "R&amp;D &amp;lt;")]
    [InlineData("[x](javascript:y) ![z](w)", "\\[x\\](javascript:y) !\\[z\\](w)")]
    [InlineData("leaky_relu *and* `gelu` \\ ~~no~~", "leaky\\_relu \\*and\\* \\`gelu\\` \\\\ \\~\\~no\\~\\~")]
    [InlineData("two\r\n\n# lines ", "two \\# lines")]
    [InlineData("  costs $1$", "costs \\$1\\$")]
    public void A_text_can_break_nothing(string text, string expected) => Assert.Equal(expected, Markdown.Text(text));

    [Theory]
    [InlineData("leaky_relu", "`leaky_relu`")]
    [InlineData("normal(0.01)", "`normal(0.01)`")]
    [InlineData("<b>", "`<b>`")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("a`b_c", "a\\`b\\_c")]
    [InlineData(" padded", "padded")]
    [InlineData("", "")]
    public void A_name_stands_in_a_code_span_where_that_is_safe(string text, string expected) =>
        Assert.Equal(expected, Markdown.Code(text));

    [Fact]
    public void Numbers_and_truth_values_stand_as_they_are()
    {
        Assert.Equal("0.1", Markdown.Value(Scalar.Of(0.1)));
        Assert.Equal("true", Markdown.Value(Scalar.Of(true)));
        Assert.Equal("`0.1`", Markdown.Value(Scalar.Of("0.1")));
    }

    [Fact]
    public void A_table_aligns_numbers_to_the_right() =>
        Assert.Equal(
            "| name | count |\n| --- | ---: |\n| a | 1 |\n",
            Markdown.Table(
                1,
                ["name", "count"],
                [
                    ["a", "1"],
                ]
            )
        );
}
