namespace Pipeline.Fuzz;

/// <summary>A decoder of untrusted bytes, and inputs to start from.</summary>
/// <param name="Name">What it decodes, such as <c>npy</c>: letters, digits, dots and hyphens.</param>
/// <param name="Seeds">Inputs that it accepts.</param>
/// <param name="Decode">Decodes an input.</param>
/// <param name="Refusals">The exceptions by which it may refuse an input, each with a message of one line.</param>
internal sealed record FuzzTarget(
    string Name,
    IReadOnlyList<byte[]> Seeds,
    Action<FuzzInput> Decode,
    params Type[] Refusals
)
{
    /// <summary>The name that the input's file has to have; by default that of the target.</summary>
    public string File { get; init; } = Name;

    /// <summary>What is put between pieces of an input: words and signs of its format.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Makes the file of an input: compresses it, or adds a digest. Both what goes in and what comes out is mutated.</summary>
    public Func<byte[], byte[]>? Seal { get; init; }
}
