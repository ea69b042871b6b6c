namespace Pipeline.Artifacts.Tests;

public sealed class CallTests
{
    [Theory]
    [InlineData("heatmap(a, by: b)", "heatmap", "a|by: b")]
    [InlineData(" slope( probe(norm, mean, 1) , model.depth ) ", "slope", "probe(norm, mean, 1)|model.depth")]
    [InlineData("two words (,)", "two words", "|")]
    [InlineData("top ( )", "top", "")]
    public void A_call_is_a_name_and_arguments(string text, string name, string arguments)
    {
        var call = Call.Parse(text)!;

        Assert.Equal(name, call.Name);
        Assert.Equal(arguments, string.Join('|', call.Arguments!));
    }

    [Fact]
    public void A_name_alone_has_no_arguments_and_empty_parentheses_hold_none()
    {
        Assert.Null(Call.Parse("relu")!.Arguments);
        Assert.Empty(Call.Parse("relu()")!.Arguments!);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("(1)")]
    [InlineData("normal(1")]
    [InlineData("normal(1) x")]
    public void What_has_no_name_or_an_open_end_is_no_call(string text) => Assert.Null(Call.Parse(text));

    [Theory]
    [InlineData("two words(1)")]
    [InlineData("größe")]
    [InlineData("relu)")]
    public void A_name_has_letters_and_digits_only_where_that_is_asked_for(string text)
    {
        Assert.NotNull(Call.Parse(text));
        Assert.Null(Call.ParseNamed(text));
    }
}
