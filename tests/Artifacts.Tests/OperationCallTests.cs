namespace Pipeline.Artifacts.Tests;

public sealed class OperationCallTests
{
    [Theory]
    [InlineData("relu", "relu")]
    [InlineData("  relu6 ", "relu6")]
    [InlineData("relu()", "relu")]
    [InlineData("relu( )", "relu")]
    [InlineData("normal(0.01)", "normal(0.01)")]
    [InlineData("normal(1e-2) ", "normal(0.01)")]
    [InlineData("normal (+1.0)", "normal(1)")]
    [InlineData("scale_to_range( -1 ,\t2.50 )", "scale_to_range(-1,2.5)")]
    [InlineData("leaky_relu(-0)", "leaky_relu(0)")]
    [InlineData("normal(0.00001)", "normal(1E-05)")]
    public void A_call_has_one_canonical_text(string text, string canonical)
    {
        Assert.Equal(canonical, OperationCall.Parse(text).ToString());
        Assert.Equal(canonical, OperationCall.Parse(canonical).ToString());
    }

    [Fact]
    public void A_call_is_a_name_and_its_arguments_in_order()
    {
        var call = OperationCall.Parse("scale_to_range(3,-0.5)");

        Assert.Equal("scale_to_range", call.Name);
        Assert.Equal([3, -0.5], call.Arguments);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("(1)")]
    [InlineData("re lu")]
    [InlineData("relu)")]
    [InlineData("normal(1")]
    [InlineData("normal(1) x")]
    [InlineData("xavier normal")]
    [InlineData("größe")]
    [InlineData("center+standardize")]
    public void What_is_no_call_is_refused(string text)
    {
        var e = Assert.Throws<FormatException>(() => OperationCall.Parse(text));

        Assert.Equal($"'{text}' is not of the form name or name(number, …).", e.Message);
    }

    [Theory]
    [InlineData("normal(a)", "a")]
    [InlineData("normal(1,)", "")]
    [InlineData("normal(,)", "")]
    [InlineData("normal(1,,2)", "")]
    [InlineData("normal(1 2)", "1 2")]
    [InlineData("normal(1)(2)", "1)(2")]
    [InlineData("normal(NaN)", "NaN")]
    [InlineData("normal(Infinity)", "Infinity")]
    [InlineData("normal(1e400)", "1e400")]
    [InlineData("normal(0x10)", "0x10")]
    public void An_argument_that_is_no_finite_number_is_named(string text, string argument)
    {
        var e = Assert.Throws<FormatException>(() => OperationCall.Parse(text));

        Assert.Equal($"'{argument}' in '{text}' is not a number.", e.Message);
    }
}
