namespace Pipeline.Flow.Tests;

public sealed class OverridesFolderTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "epochs=5", "epochs=5")]
    [InlineData("activation=relu,tanh", "epochs=5", "epochs=5,only-activation=relu,tanh")]
    [InlineData("activation=relu|seed=3", "", "only-activation=relu,only-seed=3")]
    [InlineData("", "seeds=2|activation=leaky_relu(0.2)", "activation=leaky_relu(0.2),seeds=2")]
    [InlineData("", "preprocessing=center+pca(3)", "preprocessing=center+pca(3)")]
    public void A_folder_says_what_was_changed(string only, string set, string name) =>
        Assert.Equal(name, Name(only, set));

    [Theory]
    [InlineData(
        "",
        "seeds={at_least: 3, at_most: 5, until: decided}",
        "seeds=_at_least__3,_at_most__5,_until__decided_-"
    )]
    [InlineData("dataset=Mine", "", "only-dataset=Mine-")]
    [InlineData("", "learning_rate=1.", "learning_rate=1.-")]
    public void What_a_file_system_may_not_take_is_told_apart_by_a_digest(string only, string set, string start)
    {
        var name = Name(only, set);

        Assert.StartsWith(start, name, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9=,._+()-]+-[0-9a-f]{10}$", name);
    }

    [Fact]
    public void A_long_name_is_cut_and_still_its_own()
    {
        var values = string.Join(',', Enumerable.Range(1, 60));

        var name = Name("", "epochs=" + values);

        Assert.Equal(80, name.Length);
        Assert.NotEqual(name, Name("", $"epochs={values},61"));
        Assert.Equal(name, Name("", "epochs=" + values));
    }

    [Fact]
    public void The_order_counts_of_one_key_alone()
    {
        Assert.Equal(Name("", "epochs=5|seeds=2"), Name("", "seeds=2|epochs=5"));
        Assert.NotEqual(Name("", "epochs=5|epochs=6"), Name("", "epochs=6|epochs=5"));
    }

    [Fact]
    public void Keeping_a_value_is_not_setting_it() =>
        Assert.NotEqual(Name("activation=relu", ""), Name("", "activation=relu"));

    private static string Name(string only, string set) =>
        OverridesFolder.Name(
            only.Split('|', StringSplitOptions.RemoveEmptyEntries),
            set.Split('|', StringSplitOptions.RemoveEmptyEntries)
        );
}
