namespace Pipeline.Stages.Report.Tests;

public sealed class TemplateTests
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["a"] = "1",
        ["b"] = "{{a}}",
        ["none"] = "",
    };

    [Theory]
    [InlineData("x {{a}} y {{a}}", "x 1 y 1")]
    [InlineData("{{b}}", "{{a}}")]
    [InlineData("x\n{{#a}}\n{{a}}\n{{/a}}\ny\n", "x\n1\ny\n")]
    [InlineData("x\n{{#none}}\n{{a}}\n{{/none}}\ny\n", "x\ny\n")]
    [InlineData("{{#a}}\n1\n{{#none}}\n2\n{{/none}}\n3\n{{/a}}\n", "1\n3\n")]
    [InlineData("{{#none}}\n1\n{{#a}}\n2\n{{/a}}\n3\n{{/none}}\n", "")]
    [InlineData("x\n\n\n{{#none}}\n1\n{{/none}}\n\ny\n", "x\n\ny\n")]
    [InlineData("{{#none}}\n1\n{{/none}}", "")]
    [InlineData("x\n\n{{none}}\n\ny", "x\n\ny")]
    public void Values_and_blocks_are_filled_in(string template, string expected) =>
        Assert.Equal(expected, Template.Fill(template, Values));

    [Theory]
    [InlineData("{{typo}}")]
    [InlineData("{{#typo}}\nx\n{{/typo}}\n")]
    [InlineData("{{ a }}")]
    [InlineData("{{#none}}\n{{typo}}\n{{/none}}\n")]
    [InlineData("{{a")]
    [InlineData("{{#a}}\nnever ends\n")]
    [InlineData("{{#a}}\n{{#none}}\ncrossed\n{{/a}}\n{{/none}}\n")]
    [InlineData("never began\n{{/a}}\n")]
    public void What_a_template_gets_wrong_is_an_error(string template) =>
        Assert.Throws<FormatException>(() => Template.Fill(template, Values));
}
