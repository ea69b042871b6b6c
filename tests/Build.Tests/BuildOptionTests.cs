using System.Reflection;
using Cake.Frosting;

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
    public void Options_are_for_targets_that_there_are()
    {
        var targets = typeof(BuildOption)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<TaskNameAttribute>())
            .Select(attribute => attribute.Name)
            .ToArray();
        Assert.All(
            BuildOption.All.SelectMany(option => option.Targets).Concat(BuildOption.Studyless),
            target => Assert.Contains(target, targets)
        );
    }

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

    [Theory]
    [InlineData("--target=Clean --dryrun", "--target=Clean --check")]
    [InlineData("-t clean --whatif --keep=0d", "-t clean --check --keep=0d")]
    [InlineData("--noop --target:Clean", "--check --target:Clean")]
    [InlineData("--dryrun=True --target=Clean", "--check --target=Clean")]
    [InlineData("--dryrun=false --target=Clean", "--dryrun=false --target=Clean")]
    [InlineData("--target=Report --dryrun", "--target=Report --dryrun")]
    [InlineData("--target=Clean --target=Report --dryrun", "--target=Clean --target=Report --dryrun")]
    [InlineData("--dryrun", "--dryrun")]
    [InlineData("--target=Clean -- --dryrun", "--target=Clean -- --dryrun")]
    public void A_dry_run_of_Clean_alone_is_its_check(string given, string seen) =>
        Assert.Equal(seen.Split(' '), BuildOption.ForHost(given.Split(' ')));

    [Theory]
    [InlineData("--target=Plan --resolved", "--target=Plan --resolved --verbosity=quiet")]
    [InlineData("-t plan -v Normal --resolved=true", "-t plan -v Normal --resolved=true --verbosity=quiet")]
    [InlineData("--target=Plan --resolved=True", "--target=Plan --resolved=True --verbosity=quiet")]
    [InlineData("--target=Plan --resolved -- x", "--target=Plan --resolved --verbosity=quiet -- x")]
    [InlineData("--target=Plan --resolved=false", "--target=Plan --resolved=false")]
    [InlineData("--target=Report --resolved", "--target=Report --resolved")]
    public void The_host_is_quiet_where_a_study_is_printed(string given, string seen) =>
        Assert.Equal(seen.Split(' '), BuildOption.ForHost(given.Split(' ')));
}
