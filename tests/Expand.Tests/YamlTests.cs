namespace Pipeline.Expand.Tests;

public sealed class YamlTests
{
    [Theory]
    [InlineData("", "x.yaml:1:1: the file is empty.")]
    [InlineData("# nothing here\n", "x.yaml:1:1: the file is empty.")]
    [InlineData("just a text", "x.yaml:1:1: a study is a map that begins with a key, such as title: My study.")]
    [InlineData("- a\n- list\n", "x.yaml:1:1: a study is a map that begins with a key, such as title: My study.")]
    [InlineData("title: One\n---\ntitle: Two\n", "x.yaml:2:1: a second document begins here; a file holds one.")]
    [InlineData("title: One\nfixed:\n\tepochs: 5\n", "x.yaml:3:1: here is a tab; studies are written with spaces.")]
    [InlineData("title: a\u0007b\n", "x.yaml:1:9: here is the invisible character U+0007; delete it.")]
    [InlineData("title: a\u2028b\n", "x.yaml:1:9: here is the invisible character U+2028; delete it.")]
    [InlineData("title: \"a\\0\"\n", "x.yaml:1:8: this text spells out the invisible character U+0000; leave it out.")]
    [InlineData("title: \"a\\L\"\n", "x.yaml:1:8: this text spells out the invisible character U+2028; leave it out.")]
    [InlineData("title: One\ntitle: Two\n", "x.yaml:2:1: the key 'title' stands twice; it is in line 1 already.")]
    [InlineData(
        "fixed: {epochs: 1, epochs: 2}\n",
        "x.yaml:1:20: the key 'epochs' stands twice; it is in line 1 already."
    )]
    [InlineData("[a, b]: c\n", "x.yaml:1:1: a key is a text.")]
    [InlineData("? \n: c\n", "x.yaml:1:2: a key is a text.")]
    [InlineData("title: !!str 5\n", "x.yaml:1:8: here is a YAML tag; studies do without tags.")]
    [InlineData("title: *name\n", "x.yaml:1:8: there is no anchor 'name' above.")]
    [InlineData("exclude: &a [*a]\n", "x.yaml:1:14: the alias 'a' stands inside what it names.")]
    [InlineData(
        "title: a: b\n",
        "x.yaml:1:9: this is no YAML: while scanning a plain scalar value, found invalid mapping; put a text with a colon in it in quotes."
    )]
    [InlineData(
        "seeds: [1, 2\n",
        "x.yaml:2:1: this is no YAML: while parsing a flow sequence, did not find expected ',' or ']'."
    )]
    [InlineData(
        "fixed: {epochs: &d 1, batch_size: *d }\n",
        "x.yaml:1:17: an anchor in braces can't be read; write the value out, or the map line by line."
    )]
    [InlineData("title: \"\\UFFFFFFFF\"\n", "x.yaml:1:6: what follows is no YAML.")]
    [InlineData("...\n...\n", "x.yaml:1:1: what follows is no YAML.")]
    public void A_malformed_file_is_refused_at_its_place(string text, string message) =>
        Assert.Equal(message, StudyFolder.RefusalOf(text));

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Deep_nesting_is_refused(char open, char close)
    {
        var text =
            "seeds: " + string.Concat(Enumerable.Repeat(open == '[' ? "[" : "{a: ", 100)) + new string(close, 100);

        var message = StudyFolder.RefusalOf(text);

        Assert.EndsWith(": lists and maps are nested more than 64 levels deep.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parentheses_that_open_without_end_are_refused_however_many()
    {
        var text = $"title: A\nfixed: {{activation: relu{string.Concat(Enumerable.Repeat("(1", 200_000))}}}\n";

        Assert.EndsWith(
            "a parenthesis is not closed; close it on the same line, with no quotes or brackets inside.",
            StudyFolder.RefusalOf(text),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Aliases_that_multiply_are_refused_before_they_are_spelled_out()
    {
        var text =
            "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
            + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
            + "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
            + "e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n";

        Assert.Equal(
            "x.yaml:5:33: the file holds more than 100,000 values, aliases spelled out.",
            StudyFolder.RefusalOf(text)
        );
    }

    [Fact]
    public void An_alias_stands_for_what_it_names()
    {
        var text = StudyFolder.Minimal.Replace(
            "learning_rate: 0.1",
            "split.test: &share 0.2\n  split.validation: *share\n  learning_rate: *share"
        );

        var plan = StudyFolder.PlanOf(text);

        Assert.Equal((0.2, 0.2), (plan.Fixed.Number("split.validation"), plan.Fixed.Number("learning_rate")));
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_make_no_difference()
    {
        using var folder = new StudyFolder();
        folder.Write("x.yaml", "\uFEFF" + ("title: A study\n" + StudyFolder.Minimal).ReplaceLineEndings("\r\n"));

        var plan = folder.Expand();

        Assert.Equal("A study", plan.Title);
        Assert.Equal(StudyFolder.PlanOf(StudyFolder.Minimal).Fixed.ToJson(), plan.Fixed.ToJson());
    }
}
