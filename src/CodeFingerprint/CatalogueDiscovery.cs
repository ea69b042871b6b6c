using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pipeline.CodeFingerprint;

/// <summary>Finds the catalogues of a compilation, and reports what breaks their rules.</summary>
internal static class CatalogueDiscovery
{
    /// <summary>The catalogues in ordinal order of their kinds; what was reported is left out.</summary>
    public static (IReadOnlyList<Catalogue> Catalogues, IReadOnlyList<Diagnostic> Diagnostics) Find(
        CSharpCompilation compilation,
        CancellationToken cancellation
    )
    {
        var diagnostics = new List<Diagnostic>();
        var attribute = compilation.GetTypeByMetadataName("Pipeline.CatalogueAttribute");
        var types = TypesIn(compilation.Assembly.GlobalNamespace).ToArray();
        var catalogues = new List<Catalogue>();
        foreach (var root in types)
        {
            cancellation.ThrowIfCancellationRequested();
            if (KindOf(root, attribute) is not { } kind)
                continue;
            if (
                !root.IsAbstract
                || root.TypeKind != TypeKind.Class
                || !IsPlain(root)
                || root.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal)
            )
            {
                diagnostics.Add(Diagnostic.Create(Diagnostics.RootNotAbstract, root.Locations[0], root.Name));
                continue;
            }
            var derived = types.Where(type =>
                type is { IsAbstract: false, TypeKind: TypeKind.Class } && DerivesFrom(type, root)
            );
            catalogues.Add(new(kind, root, [.. Operations(kind, root, derived, diagnostics.Add)]));
        }
        catalogues.Sort((x, y) => string.CompareOrdinal(x.Kind, y.Kind));
        CatalogueRules.Check(compilation, catalogues, diagnostics.Add, cancellation);
        return (catalogues, diagnostics);
    }

    private static IEnumerable<Operation> Operations(
        string kind,
        INamedTypeSymbol root,
        IEnumerable<INamedTypeSymbol> types,
        Action<Diagnostic> report
    )
    {
        Operation? last = null;
        var operations = types.Select(type => OperationOf(kind, root, type, report)).OfType<Operation>();
        foreach (var operation in operations.OrderBy(o => o.Name, StringComparer.Ordinal))
        {
            if (operation.Name == last?.Name)
            {
                report(
                    Diagnostic.Create(
                        Diagnostics.SameName,
                        operation.Type.Locations[0],
                        last.Type.ToDisplayString(),
                        operation.Type.ToDisplayString(),
                        operation.Name
                    )
                );
                continue;
            }
            yield return last = operation;
        }
    }

    private static Operation? OperationOf(
        string kind,
        INamedTypeSymbol root,
        INamedTypeSymbol type,
        Action<Diagnostic> report
    )
    {
        if (type.DeclaredAccessibility != Accessibility.Internal || !type.IsSealed || !IsPlain(type))
        {
            report(Diagnostic.Create(Diagnostics.NotInternalSealed, type.Locations[0], type.Name, kind));
            return null;
        }
        var constructors = type
            .InstanceConstructors.Where(c => c.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
            .ToArray();
        if (constructors.Length != 1 || !constructors[0].Parameters.All(IsNumber))
        {
            report(Diagnostic.Create(Diagnostics.Constructor, type.Locations[0], type.Name));
            return null;
        }
        return new(NameOf(type.Name, root.Name), type, constructors[0].Parameters);
    }

    /// <summary>
    /// An operation's name: of <c>ReluActivation</c>, whose root is <c>Activation</c>, it is
    /// <c>relu</c>, as of a class <c>Relu</c>.
    /// </summary>
    private static string NameOf(string type, string root) =>
        SnakeCase.Of(
            type.Length > root.Length && type.EndsWith(root, StringComparison.Ordinal)
                ? type.Substring(0, type.Length - root.Length)
                : type
        );

    private static bool IsPlain(INamedTypeSymbol type) =>
        type is { IsGenericType: false, ContainingType: null, IsFileLocal: false };

    private static bool IsNumber(IParameterSymbol parameter) =>
        parameter is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Double or SpecialType.System_Int32 };

    private static string? KindOf(INamedTypeSymbol type, INamedTypeSymbol? attribute) =>
        type.GetAttributes()
            .FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attribute))
            ?.ConstructorArguments[0]
            .Value as string;

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol root)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(ancestor, root))
                return true;
        }
        return false;
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
                yield return type;
            foreach (var nested in TypesIn(member))
                yield return nested;
        }
    }
}
