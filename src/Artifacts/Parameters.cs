using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pipeline.Artifacts;

/// <summary>
/// An immutable set of parameters, from dotted key (<c>model.depth</c>) to value, in ordinal order of keys.
/// Runs of one plan, which may be a million, share their keys and the values that are not theirs alone.
/// </summary>
public sealed class Parameters
{
    private readonly string[] keys;
    private readonly Scalar[] values;
    private readonly int[] places;
    private readonly Scalar[] own;

    // At some places stand values of its own instead of those shared.
    private Parameters(string[] keys, Scalar[] values, int[] places, Scalar[] own) =>
        (this.keys, this.values, this.places, this.own) = (keys, values, places, own);

    private Parameters(string[] keys, Scalar[] values)
        : this(keys, values, [], []) { }

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
        value = index < 0 ? default : At(index);
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

    /// <summary>The same parameters with other values at some positions (see <see cref="IndexOf"/>), an array to leave as it is.</summary>
    public Parameters With(int[] positions, ReadOnlySpan<Scalar> replacements) =>
        new(keys, own.Length == 0 ? values : [.. keys.Select((_, i) => At(i))], positions, replacements.ToArray());

    /// <summary>Only the parameters whose key is wanted.</summary>
    public Parameters Where(Func<string, bool> isWanted)
    {
        var (wanted, kept, count) = (new string[keys.Length], new Scalar[keys.Length], 0);
        for (var i = 0; i < keys.Length; i++)
        {
            if (isWanted(keys[i]))
                (wanted[count], kept[count++]) = (keys[i], At(i));
        }
        return new(wanted[..count], kept[..count]);
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
            text.AppendLiteral(At(i).Json);
        }
        text.AppendLiteral("}");
        return text.ToStringAndClear();
    }

    /// <inheritdoc/>
    public override string ToString() => ToJson();

    private Scalar At(int index) => Array.IndexOf(places, index) is >= 0 and var place ? own[place] : values[index];
}
