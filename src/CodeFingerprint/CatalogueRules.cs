using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pipeline.CodeFingerprint;

/// <summary>
/// Holds the core and the operations apart. An operation's hash covers its file, the core's hash all other files; that is
/// right only while a file belongs to one side, and neither an operation nor the core depends on an operation by name.
/// </summary>
internal static class CatalogueRules
{
    public static void Check(
        CSharpCompilation compilation, IReadOnlyList<Catalogue> catalogues, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (catalogues.Count == 0)
            return;
        var operations = catalogues.SelectMany(c => c.Operations, (c, o) => (Catalogue: c.Root.Name + "Catalogue", o.Type)).ToArray();
        var names = new HashSet<string>(operations.Select(o => o.Type.Name), StringComparer.Ordinal);
        names.UnionWith(operations.Select(o => o.Catalogue));
        var owners = new Dictionary<SyntaxTree, INamedTypeSymbol>();
        foreach (var operation in catalogues.SelectMany(c => c.Operations))
        {
            foreach (var file in operation.Files)
            {
                owners[file] = operation.Type;
                if (!HoldsOnly(operation.Type, file.GetCompilationUnitRoot(cancellation)))
                    report(Diagnostic.Create(Diagnostics.FileNotOwn, operation.Type.Locations[0], operation.Type.Name));
            }
        }
        foreach (var tree in compilation.SyntaxTrees)
        {
            owners.TryGetValue(tree, out var owner);
            SemanticModel? model = null;
            foreach (var name in tree.GetRoot(cancellation).DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (!names.Contains(name.Identifier.ValueText))
                    continue;
                // The catalogue itself is not in the compilation yet, so its name is all there is to know it by.
                if (owner is not null && operations.Any(o => o.Catalogue == name.Identifier.ValueText))
                {
                    report(Diagnostic.Create(Diagnostics.OperationUsesOperation, name.GetLocation(), owner.Name, name.Identifier.ValueText));
                    continue;
                }
                model ??= compilation.GetSemanticModel(tree);
                var symbol = model.GetSymbolInfo(name, cancellation).Symbol;
                var used = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                var (catalogue, type) = operations.FirstOrDefault(o => SymbolEqualityComparer.Default.Equals(o.Type, used));
                if (type is null || SymbolEqualityComparer.Default.Equals(type, owner))
                    continue;
                report(owner is null
                    ? Diagnostic.Create(Diagnostics.CoreUsesOperation, name.GetLocation(), type.Name, catalogue)
                    : Diagnostic.Create(Diagnostics.OperationUsesOperation, name.GetLocation(), owner.Name, type.Name));
            }
        }
    }

    private static bool HoldsOnly(INamedTypeSymbol type, CompilationUnitSyntax file) =>
        file.AttributeLists.Count == 0
        && !file.Usings.Any(u => u.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
        && TopLevel(file.Members).All(member => member is TypeDeclarationSyntax declaration && declaration.Identifier.ValueText == type.Name);

    private static IEnumerable<MemberDeclarationSyntax> TopLevel(SyntaxList<MemberDeclarationSyntax> members) =>
        members.SelectMany(member => member is BaseNamespaceDeclarationSyntax space ? TopLevel(space.Members) : [member]);
}
