using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Pipeline.CodeFingerprint.Tests;

/// <summary>A project in memory that the generator runs on, as MSBuild and the compiler would run it.</summary>
internal sealed record Build
{
    private static readonly MetadataReference[] Framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path))
        .ToArray<MetadataReference>();

    public string Project { get; init; } = "/repo/src/Nets";

    public string Generated { get; init; } = "/repo/artifacts/obj/Nets/release/";

    /// <summary>From path to text; a path without a leading slash is relative to the project.</summary>
    public ImmutableDictionary<string, string> Files { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string Resources { get; init; } = "";

    public string[] Symbols { get; init; } = ["RELEASE", "NET10_0"];

    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp13;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public bool Checked { get; init; }

    public static Build Of(params (string Path, string Text)[] files) => new Build().With(files);

    public Build With(params (string Path, string Text)[] files) =>
        this with
        {
            Files = Files.SetItems(files.Select(file => KeyValuePair.Create(file.Path, file.Text))),
        };

    public BuildResult Run(bool reversed = false)
    {
        var parse = new CSharpParseOptions(Language, preprocessorSymbols: Symbols);
        var trees = Files
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file =>
                CSharpSyntaxTree.ParseText(file.Value, parse, Path.Combine(Project, file.Key), Encoding.UTF8)
            );
        var compilation = CSharpCompilation.Create(
            "Nets",
            reversed ? trees.Reverse() : trees,
            Framework,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: Nullable,
                checkOverflow: Checked
            )
        );
        var driver = CSharpGeneratorDriver
            .Create(
                [new CodeFingerprintGenerator().AsSourceGenerator()],
                parseOptions: parse,
                optionsProvider: new Options(this),
                driverOptions: new GeneratorDriverOptions(
                    IncrementalGeneratorOutputKind.None,
                    trackIncrementalGeneratorSteps: false,
                    baseDirectory: Generated.TrimEnd('/')
                )
            )
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        return new(output, diagnostics);
    }

    private sealed class Options(Build build) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(build);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Properties(Build build) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            var text = key switch
            {
                "build_property.CodeFingerprintProject" => build.Project,
                "build_property.CodeFingerprintGenerated" => build.Generated,
                "build_property.CodeFingerprintResources" => build.Resources,
                _ => null,
            };
            value = Convert.ToBase64String(Encoding.UTF8.GetBytes(text ?? ""));
            return text is not null;
        }
    }
}

/// <summary>What the generator made of a project.</summary>
internal sealed record BuildResult(Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The value of an assembly metadata attribute, or null.</summary>
    public string? this[string key] =>
        Compilation
            .Assembly.GetAttributes()
            .Where(attribute => attribute.AttributeClass!.Name == nameof(AssemblyMetadataAttribute))
            .Where(attribute => (string?)attribute.ConstructorArguments[0].Value == key)
            .Select(attribute => (string?)attribute.ConstructorArguments[1].Value)
            .SingleOrDefault();

    /// <summary>The hash of the core.</summary>
    public string Core => this["CodeFingerprint"] ?? "";

    /// <summary>The errors that the generator reported: identifier and message, in order.</summary>
    public IReadOnlyList<string> Errors =>
        [
            .. Diagnostics
                .Select(d => $"{d.Id}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The compiled assembly.</summary>
    public Assembly Load()
    {
        using var bytes = new MemoryStream();
        var result = Compilation.Emit(bytes);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(bytes.ToArray());
    }
}
