namespace Pipeline.Artifacts.Tests;

public sealed class ParametersTests
{
    private static readonly Parameters Some = Parameters.Of([
        new("model.depth", Scalar.Of(2L)),
        new("activation", Scalar.Of("relu")),
        new("model", Scalar.Of(true)),
        new("Z", Scalar.Of(0.1)),
    ]);

    [Fact]
    public void Keys_are_in_ordinal_order_however_they_are_given()
    {
        string[] ordered = ["Z", "activation", "model", "model.depth"];

        Assert.Equal(ordered, Some.Keys);
        Assert.Equal(
            ordered,
            Parameters.Of(Some.Keys.Reverse().Select(key => KeyValuePair.Create(key, Some[key]))).Keys
        );
    }

    [Fact]
    public void Canonical_json_has_no_white_space_and_keeps_the_order() =>
        Assert.Equal("""{"Z":0.1,"activation":"relu","model":true,"model.depth":2}""", Some.ToJson());

    [Fact]
    public void No_parameters_are_an_empty_object() => Assert.Equal("{}", Parameters.Empty.ToJson());

    [Fact]
    public void A_key_that_stands_twice_is_named()
    {
        var e = Assert.Throws<ArgumentException>(() =>
            Parameters.Of([new("b", Scalar.Of(1L)), new("a", Scalar.Of(1L)), new("b", Scalar.Of(2L))])
        );

        Assert.Contains("'b' is given twice", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_key_is_named()
    {
        Assert.Contains(
            "'model.width'",
            Assert.Throws<KeyNotFoundException>(() => Some["model.width"]).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<KeyNotFoundException>(() => Some.Text("model.width"));
        Assert.False(Some.TryGet("model.width", out var value));
        Assert.Equal(default, value);
        Assert.True(Some.IndexOf("model.width") < 0);
    }

    [Fact]
    public void A_value_is_read_by_its_type()
    {
        Assert.Equal("relu", Some.Text("activation"));
        Assert.Equal("2", Some.Text("model.depth"));
        Assert.Equal(0.1, Some.Number("Z"));
        Assert.Equal(2.0, Some.Number("model.depth"));
        Assert.Equal(2, Some.Integer("model.depth"));
        Assert.Throws<InvalidOperationException>(() => Some.Number("activation"));
        Assert.Throws<InvalidOperationException>(() => Some.Integer("Z"));
    }

    [Theory]
    [InlineData(int.MinValue, true)]
    [InlineData(int.MaxValue, true)]
    [InlineData(int.MinValue - 1L, false)]
    [InlineData(int.MaxValue + 1L, false)]
    public void A_whole_number_beyond_an_int_is_refused(long value, bool fits)
    {
        var parameters = Parameters.Of([new("epochs", Scalar.Of(value))]);

        if (fits)
            Assert.Equal(value, parameters.Integer("epochs"));
        else
            Assert.Contains(
                "epochs",
                Assert.Throws<InvalidOperationException>(() => parameters.Integer("epochs")).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void Replaced_values_can_be_replaced_again_and_stay_where_they_are_not()
    {
        var first = Some.With([0, 1], [Scalar.Of(1L), Scalar.Of("tanh")]);
        var second = first.With([1, 2], [Scalar.Of("gelu"), Scalar.Of(false)]);

        Assert.Equal("""{"Z":1,"activation":"tanh","model":true,"model.depth":2}""", first.ToJson());
        Assert.Equal("""{"Z":1,"activation":"gelu","model":false,"model.depth":2}""", second.ToJson());
        Assert.Equal(
            """{"activation":"gelu","model":false}""",
            second.Where(key => key[0] == 'a' || key == "model").ToJson()
        );
        Assert.Equal("gelu", second.Text("activation"));
    }

    [Fact]
    public void Other_values_make_another_set_and_leave_this_one_alone()
    {
        var before = Some.ToJson();

        var other = Some.With([Some.IndexOf("activation"), Some.IndexOf("Z")], [Scalar.Of("tanh"), Scalar.Of(1L)]);

        Assert.Equal("""{"Z":1,"activation":"tanh","model":true,"model.depth":2}""", other.ToJson());
        Assert.Equal(before, Some.ToJson());
    }

    [Fact]
    public void A_selection_keeps_the_order()
    {
        Assert.Equal(
            """{"model":true,"model.depth":2}""",
            Some.Where(key => key.StartsWith("model", StringComparison.Ordinal)).ToJson()
        );
        Assert.Empty(Some.Where(_ => false).Keys);
    }
}
