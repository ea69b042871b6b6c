using Microsoft.CodeAnalysis;

namespace Pipeline.CodeFingerprint;

/// <summary>What is wrong with a catalogue, always an error: each would make a name ambiguous or a hash miss code that matters.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor RootNotAbstract = Error(
        "CF0001",
        "The root of a catalogue is an abstract class",
        "'{0}' is the root of a catalogue and must be a public or internal abstract class that is neither generic nor nested"
    );

    public static readonly DiagnosticDescriptor NotInternalSealed = Error(
        "CF0002",
        "An operation is internal and sealed",
        "'{0}' is an operation of the kind {1} and must be internal and sealed, neither generic nor nested"
    );

    public static readonly DiagnosticDescriptor SameName = Error(
        "CF0003",
        "An operation's name is unique",
        "'{0}' and '{1}' are both named {2}"
    );

    public static readonly DiagnosticDescriptor Constructor = Error(
        "CF0004",
        "An operation is made from numbers",
        "'{0}' must have exactly one public or internal constructor, whose parameters are double or int"
    );

    public static readonly DiagnosticDescriptor FileNotOwn = Error(
        "CF0005",
        "An operation has a file of its own",
        "'{0}' shares its file with something else; an operation's file is hashed apart, so it holds the operation alone"
    );

    public static readonly DiagnosticDescriptor OperationUsesOperation = Error(
        "CF0006",
        "An operation uses no other",
        "The operation '{0}' refers to '{1}', whose code its hash doesn't cover; move what they share to the core"
    );

    public static readonly DiagnosticDescriptor CoreUsesOperation = Error(
        "CF0007",
        "The core uses no operation",
        "This code refers to the operation '{0}', whose code its hash doesn't cover; make it through the catalogue"
    );

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Catalogues", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
