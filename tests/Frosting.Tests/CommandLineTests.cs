using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("only: activation=relu,tanh", "--only=activation=relu,tanh")]
    [InlineData("only: activation=relu", "--only", "activation=relu")]
    [InlineData("only: a:b", "--only:a:b")]
    [InlineData("only: a|b", "--only=a", "--only", "b")]
    [InlineData("force: null", "--force")]
    [InlineData("force: null|x: 3", "--force", "-x=3")]
    [InlineData("offset: -1", "--offset", "-1")]
    [InlineData("offset: --1", "--offset=--1")]
    [InlineData("a_b-2: 3", "--a_b-2=3")]
    [InlineData("empty: ", "--empty", "")]
    [InlineData("x: 3", "-x", "3")]
    [InlineData("x: null|y: null|z: null", "-xyz")]
    [InlineData("a1: x|b2: y", "--a1", "x", "--b2", "y")]
    [InlineData("FLAG: 2", "--Flag=1", "--FLAG=2")]
    [InlineData("rest: 1|target: null", "--", "--rest", "1", "two", "--target")]
    public void What_is_not_the_hosts_is_an_argument(string expected, params string[] arguments)
    {
        var found = CommandLine
            .Parse(arguments)
            .Arguments.GetArguments()
            .Select(a =>
                $"{a.Key}: {string.Join('|', a.Value.Select(v => v ?? "null"))}".Replace(
                    "target: null|Default",
                    "target: null",
                    StringComparison.Ordinal
                )
            )
            .Where(a => a != "target: Default");
        Assert.Equal(expected, string.Join('|', found), ignoreCase: true);
    }

    [Theory]
    [InlineData("Default")]
    [InlineData("A", "--target=A")]
    [InlineData("A", "--target:A")]
    [InlineData("A", "-t", "A")]
    [InlineData("A", "-t=A")]
    [InlineData("A", "--Target", "A")]
    [InlineData("A B", "-t", "A", "--target=B")]
    [InlineData("Default", "--TARGET=A")]
    public void Targets_come_in_the_order_given(string expected, params string[] arguments) =>
        Assert.Equal(expected, string.Join(' ', CommandLine.Parse(arguments).Targets));

    [Fact]
    public void Targets_are_arguments_too() =>
        Assert.Equal(["A", "B"], CommandLine.Parse(["-t", "A", "--target=B"]).Arguments.GetArguments("target"));

    [Theory]
    [InlineData(Verbosity.Normal)]
    [InlineData(Verbosity.Quiet, "-v", "q")]
    [InlineData(Verbosity.Minimal, "--verbosity=minimal")]
    [InlineData(Verbosity.Verbose, "-v=V")]
    [InlineData(Verbosity.Diagnostic, "-v", "q", "-v", "Diagnostic")]
    public void Verbosity_is_a_name_or_its_first_letter(Verbosity expected, params string[] arguments) =>
        Assert.Equal(expected, CommandLine.Parse(arguments).Verbosity);

    [Theory]
    [InlineData("--exclusive", "-e")]
    [InlineData("--exclusive", "--exclusive")]
    [InlineData("--exclusive", "-e", "true")]
    [InlineData("--exclusive", "-e=TRUE")]
    [InlineData("", "-e=false")]
    [InlineData("", "-e", "-e", "false")]
    [InlineData("", "-xe=false")]
    [InlineData("--dryrun --tree", "--whatif", "--showtree")]
    [InlineData("--description --version", "--descriptions", "--ver")]
    [InlineData("--info", "--info")]
    [InlineData("--help", "-?")]
    [InlineData("--help", "-h", "-v", "loud")]
    [InlineData("--exclusive --help", "-eh")]
    public void Flags_are_set_unless_false_follows(string expected, params string[] arguments) =>
        Assert.Equal(expected, string.Join(' ', CommandLine.Parse(arguments).Flags.Select(f => f.Names[0])));

    [Theory]
    [InlineData("'Report' belongs to no option; a task is given as --target=Report.", "Report")]
    [InlineData("'yes' belongs to no option; a task is given as --target=yes.", "--tree", "yes")]
    [InlineData("'B' belongs to no option; a task is given as --target=B.", "-t", "A", "B")]
    [InlineData("'3' belongs to no option; a task is given as --target=3.", "-xyz", "3")]
    [InlineData("'false' belongs to no option; a task is given as --target=false.", "--help=false")]
    [InlineData("--tree takes no value but true or false.", "--tree=yes")]
    [InlineData("-t needs a value: -t=TASK.", "-t")]
    [InlineData("-t needs a value: -t=TASK.", "-et", "A")]
    [InlineData("--working needs a value: --working=FOLDER.", "--working", "--tree")]
    [InlineData("'--only=' has no value after the '='.", "--only=")]
    [InlineData("'loud' is not a verbosity; choose Quiet, Minimal, Normal, Verbose or Diagnostic.", "-v", "loud")]
    [InlineData(
        "'--a=3' is not a valid option: a long name has two or more letters, digits, - or _, the first not a digit.",
        "--a=3"
    )]
    [InlineData(
        "'--9a' is not a valid option: a long name has two or more letters, digits, - or _, the first not a digit.",
        "--9a"
    )]
    [InlineData(
        "'--a.b' is not a valid option: a long name has two or more letters, digits, - or _, the first not a digit.",
        "--a.b"
    )]
    [InlineData("'-' is not a valid option: a dash is followed by letters, two dashes by a name.", "-")]
    [InlineData("'-a1' is not a valid option: a dash is followed by letters, two dashes by a name.", "-a1")]
    public void A_wrong_command_line_is_told_in_one_sentence(string sentence, params string[] arguments) =>
        Assert.Equal(sentence, Assert.Throws<CakeException>(() => CommandLine.Parse(arguments)).Message);
}
