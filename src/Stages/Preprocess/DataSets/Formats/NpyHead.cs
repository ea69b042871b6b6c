using System.Globalization;
using System.Text;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>The elements that are read from npy files.</summary>
internal enum NpyType
{
    /// <summary><c>|u1</c>: bytes.</summary>
    Bytes,

    /// <summary><c>&lt;f4</c>: little-endian float32.</summary>
    Floats,

    /// <summary><c>&lt;i8</c>: little-endian int64.</summary>
    Longs,
}

/// <summary>
/// The head of an npy file: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>,
/// its keys in any order.
/// </summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The sizes.</param>
internal sealed record NpyHead(NpyType Type, int[] Shape)
{
    /// <summary>The length of one element in bytes.</summary>
    public int ElementLength =>
        Type switch
        {
            NpyType.Bytes => sizeof(byte),
            NpyType.Floats => sizeof(float),
            _ => sizeof(long),
        };

    /// <summary>The shape as Python writes it.</summary>
    public string ShapeText => Shape.Length == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";

    /// <summary>Reads the head's bytes.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or the array is of a type or order that is not read.</exception>
    public static NpyHead Parse(string path, ReadOnlySpan<byte> bytes)
    {
        // Python has two kinds of quotes and free white space; no value that is read needs either.
        var text = string.Concat(Encoding.UTF8.GetString(bytes).Where(c => !char.IsWhiteSpace(c))).Replace('"', '\'');
        var (type, order, shape) = (Value(text, "descr"), Value(text, "fortran_order"), Value(text, "shape"));
        if (
            text is not ['{', .., '}']
            || order is not ("True" or "False")
            || shape is not ['(', .. var sizes, ')']
            || type.Length == 0
        )
            throw DataFile.Damaged(path);
        var parsed = type switch
        {
            "'|u1'" => NpyType.Bytes,
            "'<f4'" => NpyType.Floats,
            "'<i8'" => NpyType.Longs,
            _ => throw new InvalidDataException(
                $"{path} holds elements of type {type}; '|u1', '<f4' and '<i8' are read: "
                    + "save features as array.astype('<f4') or array.astype('u1') and labels as array.astype('<i8')."
            ),
        };
        return order == "False"
            ? new(
                parsed,
                Array.ConvertAll(sizes.Split(',', StringSplitOptions.RemoveEmptyEntries), size => Size(path, size))
            )
            : throw new InvalidDataException(
                $"{path} is stored column by column (fortran_order): save numpy.ascontiguousarray(array)."
            );
    }

    // Python 2 writes its long numbers with an L, which numpy reads.
    private static int Size(string path, string digits) =>
        int.TryParse(
            digits.EndsWith('L') ? digits[..^1] : digits,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var size
        )
            ? size
            : throw DataFile.Damaged(path);

    // Up to the comma outside parentheses and brackets, or the dictionary's end; empty where there is no such key.
    private static string Value(string text, string key)
    {
        var start = text.IndexOf($"'{key}':", StringComparison.Ordinal);
        if (start < 0)
            return "";
        start += key.Length + 3;
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (depth == 0 && text[i] is (',' or '}'))
                return text[start..i];
            depth += text[i] switch
            {
                '(' or '[' => 1,
                ')' or ']' => -1,
                _ => 0,
            };
        }
        return "";
    }
}
