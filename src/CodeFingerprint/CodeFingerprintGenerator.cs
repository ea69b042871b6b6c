using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pipeline.CodeFingerprint;

/// <summary>
/// Gives each assembly the catalogues of its operations, and the hashes of its code as assembly metadata:
/// <c>CodeFingerprint</c> for the core, <c>CodeOperation:kind/name</c> for each operation.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CodeFingerprintGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output =>
        {
            output.AddEmbeddedAttributeDefinition();
            output.AddSource("CatalogueAttribute.g.cs", SupportSource.Attribute);
            output.AddSource("CatalogueArguments.g.cs", SupportSource.Arguments);
        });
        var found = context.CompilationProvider.Select(
            static (compilation, cancellation) => CatalogueDiscovery.Find((CSharpCompilation)compilation, cancellation)
        );
        context.RegisterSourceOutput(
            found,
            static (output, found) =>
            {
                foreach (var diagnostic in found.Diagnostics)
                    output.ReportDiagnostic(diagnostic);
                foreach (var catalogue in found.Catalogues)
                    output.AddSource(
                        $"{catalogue.Root.ToDisplayString()}Catalogue.g.cs",
                        CatalogueSource.Of(catalogue)
                    );
            }
        );

        // Only when an assembly is built, not at every keystroke in an IDE.
        var all = context.CompilationProvider.Combine(found).Combine(context.AnalyzerConfigOptionsProvider);
        context.RegisterImplementationSourceOutput(
            all,
            static (output, all) =>
            {
                var ((compilation, found), options) = all;
                var inputs = FingerprintInputs.From(options.GlobalOptions);
                output.AddSource(
                    "CodeFingerprint.g.cs",
                    FingerprintSource.Of(
                        (CSharpCompilation)compilation,
                        found.Catalogues,
                        inputs,
                        output.CancellationToken
                    )
                );
            }
        );
    }
}
