using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pipeline.CodeFingerprint;

/// <summary>
/// Holds the core and the operations apart. An operation's hash covers its file, the core's hash all other files; that is
/// right only while a file belongs to one side, and neither the core nor an operation names another operation.
/// </summary>
internal sealed class CatalogueRules
{
    private readonly CSharpCompilation compilation;
    private readonly Action<Diagnostic> report;
    private readonly HashSet<string> catalogues;
    private readonly ILookup<string, INamedTypeSymbol> operations;
    private readonly Dictionary<SyntaxTree, INamedTypeSymbol> owners = [];
    private readonly HashSet<string> qualifiers;

    private CatalogueRules(
        CSharpCompilation compilation,
        IReadOnlyList<Catalogue> catalogues,
        Action<Diagnostic> report
    )
    {
        this.compilation = compilation;
        this.report = report;
        this.catalogues = new(catalogues.Select(c => c.ClassName), StringComparer.Ordinal);
        operations = catalogues
            .SelectMany(c => c.Operations)
            .ToLookup(o => o.Type.Name, o => o.Type, StringComparer.Ordinal);
        qualifiers = new(
            operations.SelectMany(types => types, (_, type) => type.ContainingNamespace.Name),
            StringComparer.Ordinal
        );
        foreach (var operation in catalogues.SelectMany(c => c.Operations))
        {
            foreach (var file in operation.Files)
                owners[file] = operation.Type;
        }
    }

    /// <summary>Reports what breaks the rules.</summary>
    public static void Check(
        CSharpCompilation compilation,
        IReadOnlyList<Catalogue> catalogues,
        Action<Diagnostic> report,
        CancellationToken cancellation
    )
    {
        if (catalogues.Count == 0)
            return;
        var rules = new CatalogueRules(compilation, catalogues, report);
        var files = compilation.SyntaxTrees.Select(tree => tree.GetCompilationUnitRoot(cancellation)).ToArray();
        rules.qualifiers.UnionWith(
            files.SelectMany(file => file.Usings).Select(u => u.Alias?.Name.Identifier.ValueText).OfType<string>()
        );
        foreach (var file in files)
            rules.Check(file, cancellation);
    }

    private void Check(CompilationUnitSyntax file, CancellationToken cancellation)
    {
        if (owners.TryGetValue(file.SyntaxTree, out var owner) && !HoldsOnly(owner, file))
            report(Diagnostic.Create(Diagnostics.FileNotOwn, owner.Locations[0], owner.Name));
        foreach (var name in file.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var text = name.Identifier.ValueText;
            // A catalogue is not in the compilation yet, so its name is all there is to know it by.
            if (owner is not null && catalogues.Contains(text))
                report(Diagnostic.Create(Diagnostics.OperationUsesOperation, name.GetLocation(), owner.Name, text));
            else if (operations.Contains(text) && MayBeType(name))
                CheckReference(name, owner, cancellation);
        }
    }

    private void CheckReference(SimpleNameSyntax name, INamedTypeSymbol? owner, CancellationToken cancellation)
    {
        var symbol = compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, cancellation).Symbol;
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType; // of a constructor
        if (
            type is null
            || SymbolEqualityComparer.Default.Equals(type, owner)
            || !operations[type.Name].Contains(type, SymbolEqualityComparer.Default)
        )
        {
            return;
        }
        report(
            owner is null
                ? Diagnostic.Create(Diagnostics.CoreUsesOperation, name.GetLocation(), type.Name)
                : Diagnostic.Create(Diagnostics.OperationUsesOperation, name.GetLocation(), owner.Name, type.Name)
        );
    }

    /// <summary>
    /// Whether a name can stand for a type in a namespace. Finding out for certain has the compiler bind the whole method,
    /// which is worth avoiding for each <c>Float32.Tanh(x)</c> when an operation is called Tanh too.
    /// </summary>
    private bool MayBeType(SimpleNameSyntax name) =>
        name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => IsQualifier(access.Expression),
            QualifiedNameSyntax qualified when qualified.Right == name => IsQualifier(qualified.Left),
            MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax => false,
            _ => true,
        };

    private bool IsQualifier(SyntaxNode node) => qualifiers.Contains(node.GetLastToken().ValueText);

    private static bool HoldsOnly(INamedTypeSymbol type, CompilationUnitSyntax file) =>
        file.AttributeLists.Count == 0
        && !file.Usings.Any(u => u.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
        && TopLevel(file.Members)
            .All(member =>
                member is TypeDeclarationSyntax declaration && declaration.Identifier.ValueText == type.Name
            );

    private static IEnumerable<MemberDeclarationSyntax> TopLevel(SyntaxList<MemberDeclarationSyntax> members) =>
        members.SelectMany(member =>
            member is BaseNamespaceDeclarationSyntax space ? TopLevel(space.Members) : [member]
        );
}
