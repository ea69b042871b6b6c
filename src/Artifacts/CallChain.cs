namespace Pipeline.Artifacts;

/// <summary>Operations that follow one another in a parameter, such as <c>center+scale_to_range(0,1)</c>.</summary>
public static class CallChain
{
    /// <summary>The chain that does nothing.</summary>
    public const string None = "none";

    /// <summary>Stands between two operations.</summary>
    public const char Separator = '+';

    /// <summary>The texts of a chain's operations.</summary>
    public static IReadOnlyList<string> Split(string chain) => TopLevel.Split(chain, Separator);

    /// <summary>The operations of a chain.</summary>
    /// <exception cref="FormatException">One is not of the form name or name(number, …).</exception>
    public static IReadOnlyList<OperationCall> Parse(string chain) => [.. Split(chain).Select(OperationCall.Parse)];
}
