using Microsoft.CodeAnalysis;

namespace Pipeline.CodeFingerprint;

/// <summary>All operations of one kind: the classes that derive from one root.</summary>
/// <param name="Kind">The kind's name, such as <c>activation</c>.</param>
/// <param name="Root">The abstract class marked with the attribute.</param>
/// <param name="Operations">The operations in ordinal order of their names.</param>
internal sealed record Catalogue(string Kind, INamedTypeSymbol Root, IReadOnlyList<Operation> Operations)
{
    /// <summary>The name of the class that is generated beside the root.</summary>
    public string ClassName => $"{Root.Name}Catalogue";
}

/// <summary>One operation of a catalogue.</summary>
/// <param name="Name">Its name in a study: the type's in snake_case, without the root's name at its end.</param>
/// <param name="Type">Its class.</param>
/// <param name="Parameters">The parameters of its only constructor: numbers, the optional ones last.</param>
internal sealed record Operation(string Name, INamedTypeSymbol Type, IReadOnlyList<IParameterSymbol> Parameters)
{
    /// <summary>The files that declare it: one, unless the class is partial. In order of declaration.</summary>
    public IEnumerable<SyntaxTree> Files =>
        Type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct();
}
