using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>
/// A map from name to text that is part of a key: a stage's inputs, its code, its backend. It is rendered once, so that
/// the keys of a study's runs can share it.
/// </summary>
public sealed class KeyPart
{
    private readonly SortedDictionary<string, string> entries;

    private KeyPart(SortedDictionary<string, string> entries)
    {
        this.entries = entries;
        var text = new StringBuilder("{");
        foreach (var (name, value) in entries)
            text.Append(text.Length == 1 ? "" : ",")
                .Append(Scalar.Of(name).Json)
                .Append(':')
                .Append(Scalar.Of(value).Json);
        Json = text.Append('}').ToString();
    }

    /// <summary>The empty map.</summary>
    public static KeyPart Empty { get; } = Of([]);

    /// <summary>The entries, in ordinal order of names.</summary>
    public IReadOnlyDictionary<string, string> Entries => entries;

    /// <summary>The canonical JSON object: names in ordinal order, no white space.</summary>
    public string Json { get; }

    /// <summary>Collects entries given in any order.</summary>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public static KeyPart Of(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
            sorted.Add(name, value);
        return new(sorted);
    }

    /// <summary>The same map with more entries.</summary>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public KeyPart With(IEnumerable<KeyValuePair<string, string>> more) => Of(entries.Concat(more));

    /// <inheritdoc/>
    public override string ToString() => Json;
}
