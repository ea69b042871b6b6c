using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class LogTests
{
    [Theory]
    [InlineData("Quiet", "")]
    [InlineData("Minimal", "warning")]
    [InlineData("Normal", "warning information")]
    [InlineData("Verbose", "warning information verbose")]
    [InlineData("Diagnostic", "warning information verbose debug")]
    public void Each_verbosity_includes_those_before_it_and_errors_have_their_own_stream(
        string verbosity,
        string expected
    )
    {
        var outcome = Outcome.Of([typeof(EveryLevel)], "-t", "EveryLevel", "-v", verbosity);
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                outcome.Lines.Intersect(["error", "warning", "information", "verbose", "debug"], StringComparer.Ordinal)
            )
        );
        Assert.Equal("error\n", outcome.Error);
    }

    [Fact]
    public void At_quiet_there_is_no_table_either() =>
        Assert.Empty(Outcome.Of([typeof(EveryLevel)], "-t", "EveryLevel", "-v", "quiet").Output.Trim());

    [Theory]
    [InlineData("1 and 2.50", "{0} and {1:F2}", 1, 2.5)]
    [InlineData("twice twice", "{0} {0}", "twice")]
    [InlineData("{1} }", "{{{0}}} }", 1)]
    [InlineData("{0}", "{{0}}", 1)]
    [InlineData("[NULL]", "{0}", null)]
    [InlineData("ends in {", "ends in {")]
    [InlineData("never closed", "never {closed")]
    [InlineData("   1|2  |", "{0,4}|{1,-3}|", 1, 2)]
    [InlineData("03:04", "{0:hh\\:mm}", "03:04:05")]
    [InlineData("", "")]
    public void A_format_is_Cakes(string expected, string format, params object?[]? args)
    {
        var values = (args ?? [null]).Select(a => a is string text && TimeSpan.TryParse(text, out var time) ? time : a);
        Assert.Equal(expected + "\n", Written(log => log.Information(format, [.. values])));
    }

    [Theory]
    [InlineData("{0,x}")]
    [InlineData("{name}")]
    [InlineData("{1}")]
    public void A_wrong_format_is_an_error(string format) =>
        Assert.Throws<FormatException>(() => Written(log => log.Information(format, 1)));

    [Fact]
    public void A_text_alone_is_no_format() =>
        Assert.Equal("{not a format}\n", Written(log => log.Information("{not a format}")));

    [Fact]
    public void A_value_is_printed_as_it_says() => Assert.Equal("4\n", Written(log => log.Information(4)));

    [Fact]
    public void Lines_of_several_threads_do_not_mix()
    {
        var lines = Written(log => Parallel.For(0, 200, i => log.Information("{0}-{0}-{0}", i)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            Enumerable.Range(0, 200).Select(i => $"{i}-{i}-{i}").Order(StringComparer.Ordinal),
            lines.Order(StringComparer.Ordinal)
        );
    }

    private static string Written(Action<ICakeLog> write)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(new CakeBuildLog(new PlainConsole(output, TextWriter.Null)));
        return output.ToString();
    }

    public sealed class EveryLevel : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            context.Error("error");
            context.Warning("warning");
            context.Information("information");
            context.Verbose("verbose");
            context.Debug("debug");
        }
    }
}
