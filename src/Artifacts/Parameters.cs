using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pipeline.Artifacts;

/// <summary>
/// An immutable set of parameters, from dotted key (<c>model.depth</c>) to value, in ordinal order of keys.
/// Runs of one plan share their keys; deriving one costs a copy of the values.
/// </summary>
public sealed class Parameters
{
    private readonly string[] keys;
    private readonly Scalar[] values;

    private Parameters(string[] keys, Scalar[] values) => (this.keys, this.values) = (keys, values);

    /// <summary>No parameters.</summary>
    public static Parameters Empty { get; } = new([], []);

    /// <summary>The keys, in ordinal order.</summary>
    public IReadOnlyList<string> Keys => keys;

    /// <summary>The value of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public Scalar this[string key] =>
        TryGet(key, out var value) ? value : throw new KeyNotFoundException($"The run has no parameter '{key}'.");

    /// <summary>Collects parameters given in any order.</summary>
    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public static Parameters Of(IEnumerable<KeyValuePair<string, Scalar>> entries)
    {
        var sorted = entries.ToArray();
        Array.Sort(sorted, static (x, y) => string.CompareOrdinal(x.Key, y.Key));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
                throw new ArgumentException($"The parameter '{sorted[i].Key}' is given twice.", nameof(entries));
        }
        return new(Array.ConvertAll(sorted, e => e.Key), Array.ConvertAll(sorted, e => e.Value));
    }

    /// <summary>Whether a key is there, and its value.</summary>
    public bool TryGet(string key, [MaybeNullWhen(false)] out Scalar value)
    {
        var index = IndexOf(key);
        value = index < 0 ? default : values[index];
        return index >= 0;
    }

    /// <summary>The position of a key, or a negative number.</summary>
    public int IndexOf(string key) => Array.BinarySearch(keys, key, StringComparer.Ordinal);

    /// <summary>A text parameter's value.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public string Text(string key) => this[key].ToString();

    /// <summary>A number parameter's value.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    /// <exception cref="InvalidOperationException">The value is not a number.</exception>
    public double Number(string key) => this[key].ToDouble();

    /// <summary>A whole-number parameter's value.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    /// <exception cref="InvalidOperationException">The value is not a whole number in the range of an int.</exception>
    public int Integer(string key) =>
        this[key].ToInt64() is >= int.MinValue and <= int.MaxValue and var value
            ? (int)value
            : throw new InvalidOperationException($"{key} is {this[key]}, which is not in the range of an int.");

    /// <summary>The same parameters with other values at some positions (see <see cref="IndexOf"/>).</summary>
    public Parameters With(ReadOnlySpan<int> positions, ReadOnlySpan<Scalar> replacements)
    {
        var copy = (Scalar[])values.Clone();
        for (var i = 0; i < positions.Length; i++)
            copy[positions[i]] = replacements[i];
        return new(keys, copy);
    }

    /// <summary>Only the parameters whose key is wanted.</summary>
    public Parameters Where(Func<string, bool> isWanted)
    {
        var kept = Enumerable.Range(0, keys.Length).Where(i => isWanted(keys[i])).ToArray();
        return new(Array.ConvertAll(kept, i => keys[i]), Array.ConvertAll(kept, i => values[i]));
    }

    /// <summary>The canonical JSON object: keys in ordinal order, no white space.</summary>
    public string ToJson()
    {
        // Built on the stack: a plan of 100,000 runs is hashed in one go.
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[1024]);
        text.AppendLiteral("{");
        for (var i = 0; i < keys.Length; i++)
        {
            text.AppendLiteral(i > 0 ? ",\"" : "\"");
            text.AppendLiteral(keys[i]);
            text.AppendLiteral("\":");
            text.AppendLiteral(values[i].Json);
        }
        text.AppendLiteral("}");
        return text.ToStringAndClear();
    }

    /// <inheritdoc/>
    public override string ToString() => ToJson();
}
