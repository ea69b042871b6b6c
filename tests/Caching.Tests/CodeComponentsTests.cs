using System.Text.Json;

namespace Pipeline.Caching.Tests;

public sealed class CodeComponentsTests
{
    private static readonly Dictionary<string, KeyValuePair<string, string>[]> Assemblies = new(StringComparer.Ordinal)
    {
        ["Stage"] =
        [
            new("CodeFingerprint", "11"),
            new("CodeClosure", "Stage;Networks"),
            new("CodePackages", "YamlDotNet/16.3.0;CsvHelper/34.0.0"),
        ],
        ["Networks"] =
        [
            new("Other", "x"),
            new("CodeFingerprint", "22"),
            new("CodeClosure", "Networks"),
            new("CodePackages", ""),
            new("CodeOperation:activation/relu", "33"),
            new("CodeOperation:activation/gelu", "44"),
        ],
        ["Plain"] = [new("CodeClosure", "Plain"), new("CodePackages", "")],
        ["Twice"] = [new("CodeClosure", "Networks;Again"), new("CodePackages", "")],
        ["Again"] = [new("CodeFingerprint", "55"), new("CodeOperation:activation/relu", "33")],
        ["Empty"] = [],
    };

    [Fact]
    public void The_code_of_an_assembly_elsewhere_is_read_from_its_file()
    {
        var assembly = typeof(CodeComponents).Assembly;

        Assert.Equal(
            CodeComponents.Of(assembly).With().Json,
            CodeComponents.Of("Pipeline.Caching", assembly.Location).With().Json
        );
    }

    [Fact]
    public void A_key_names_the_closure_and_the_packages()
    {
        Assert.Equal(
            """{"Networks":"22","Stage":"11","pkg:CsvHelper":"34.0.0","pkg:YamlDotNet":"16.3.0"}""",
            Of("Stage").With().Json
        );
        Assert.Equal("""{"Networks":"22"}""", Of("Networks").With().Json);
    }

    [Fact]
    public void A_key_names_the_operations_that_are_used()
    {
        var code = Of("Stage");
        Assert.Equal(
            """{"Networks":"22","Stage":"11","activation/relu":"33","pkg:CsvHelper":"34.0.0","pkg:YamlDotNet":"16.3.0"}""",
            code.With("activation/relu").Json
        );
        Assert.Same(code.With("activation/relu", "activation/gelu"), code.With("activation/relu", "activation/gelu"));
    }

    [Fact]
    public void An_unknown_operation_is_an_error() =>
        Assert.StartsWith(
            "No operation activation/silu is part of the stage's code.",
            Assert.Throws<ArgumentException>(() => Of("Stage").With("activation/silu")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "Plain",
        "The assembly Plain lacks the metadata CodeFingerprint, without which a change of its code would go unseen; build it under src/."
    )]
    [InlineData(
        "Empty",
        "The assembly Empty lacks the metadata CodePackages, without which a change of its code would go unseen; build it under src/."
    )]
    [InlineData("Twice", "Two assemblies that Twice uses have an operation activation/relu; rename one.")]
    public void An_assembly_without_its_metadata_is_an_error(string stage, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Of(stage)).Message);

    [Fact]
    public void The_build_records_the_closure_of_an_assembly()
    {
        using var json = JsonDocument.Parse(CodeComponents.Of(typeof(StageKey).Assembly).With().Json);
        Assert.Equal(
            ["Pipeline.Artifacts", "Pipeline.Caching", "pkg:Polly.Core"],
            json.RootElement.EnumerateObject().Select(entry => entry.Name)
        );
        Assert.All(
            json.RootElement.EnumerateObject().SkipLast(1),
            entry => Assert.True(Artifacts.Digest.IsWellFormed(entry.Value.GetString()!))
        );
    }

    [Fact]
    public void An_assembly_built_elsewhere_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => CodeComponents.Of(typeof(CodeComponentsTests).Assembly));

    private static CodeComponents Of(string stage) => CodeComponents.Of(stage, name => Assemblies[name]);
}
