namespace Pipeline.Build.Tests;

public sealed class BuildOptionTests
{
    [Fact]
    public void Help_names_each_option_with_one_line()
    {
        var lines = BuildOption.Help().Split(Environment.NewLine).Skip(2).ToArray();
        Assert.Equal(BuildOption.All.Length, lines.Length);
        Assert.All(
            lines.Zip(BuildOption.All),
            pair => Assert.StartsWith($"    --{pair.Second.Name}", pair.First, StringComparison.Ordinal)
        );
        Assert.All(lines, line => Assert.InRange(line.Length, 40, 120));
    }

    [Fact]
    public void Options_stand_in_the_order_of_their_names() =>
        Assert.Equal(
            BuildOption.All.Select(option => option.Name).Order(StringComparer.Ordinal),
            BuildOption.All.Select(option => option.Name)
        );

    [Fact]
    public void The_readme_tells_of_each_option()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "README.md"));
        Assert.All(BuildOption.All, option => Assert.Contains($"--{option.Name}", readme, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "--help")]
    [InlineData(true, "--target=Plan", "-h")]
    [InlineData(true, "-?")]
    [InlineData(false)]
    [InlineData(false, "--only=--help")]
    [InlineData(false, "--", "--help")]
    public void Help_is_given_where_the_host_gives_its_own(bool expected, params string[] arguments) =>
        Assert.Equal(expected, BuildOption.IsHelp(arguments));
}
