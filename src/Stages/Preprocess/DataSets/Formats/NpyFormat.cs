using System.Buffers.Binary;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>
/// Two npy files: features [rows, features], [rows, height, width] or [rows, channels, height, width] of bytes,
/// float32, or int64 that float32 holds exactly; and labels [rows] from 0 of bytes or int64.
/// </summary>
internal static class NpyFormat
{
    // Up to here float32 holds every whole number.
    private const long LargestExact = 1 << 24;

    private const int LargestLabel = 65_535;

    /// <summary>Reads the files of one split.</summary>
    /// <exception cref="InvalidDataException">A file is not of the format, or they don't fit each other.</exception>
    public static Samples Read(string features, string labels, CancellationToken cancellation)
    {
        var (head, elements) = NpyFile.Read(features, cancellation);
        if (head.Shape.Length is < 2 or > 4)
        {
            throw new InvalidDataException(
                $"{features} has the shape {head.ShapeText}; "
                    + "features are (rows, features), (rows, height, width) or (rows, channels, height, width)."
            );
        }
        var classes = Labels(labels, cancellation);
        ArrayShape.RequireRows(features, head.Shape[0], labels, classes.Length);
        var shape = ArrayShape.OfSample(head.Shape);
        return head.Type == NpyType.Bytes
            ? new(features, shape, elements, null, labels, classes)
            : new(features, shape, null, Floats(features, head, elements), labels, classes);
    }

    private static float[] Floats(string path, NpyHead head, byte[] elements)
    {
        var floats = new float[elements.Length / head.ElementLength];
        var columns = floats.Length / head.Shape[0];
        for (var i = 0; i < floats.Length; i++)
        {
            var element = elements.AsSpan(i * head.ElementLength);
            if (head.Type == NpyType.Floats)
            {
                floats[i] = BinaryPrimitives.ReadSingleLittleEndian(element);
                if (!float.IsFinite(floats[i]))
                {
                    throw new InvalidDataException(
                        $"{path} holds {(float.IsNaN(floats[i]) ? "NaN" : "infinity")} in {Place(i)}; "
                            + "fill missing values in or leave the row out."
                    );
                }
                continue;
            }
            var value = BinaryPrimitives.ReadInt64LittleEndian(element);
            if (value is < -LargestExact or > LargestExact)
            {
                throw new InvalidDataException(
                    $"{path} holds {value} in {Place(i)}; "
                        + $"beyond ±{LargestExact:N0} float32 skips whole numbers: save array.astype('<f4') to have them rounded."
                );
            }
            floats[i] = value;
        }
        return floats;

        string Place(int i) => $"row {(i / columns) + 1}, column {(i % columns) + 1}";
    }

    private static int[] Labels(string path, CancellationToken cancellation)
    {
        var (head, elements) = NpyFile.Read(path, cancellation);
        if (head.Shape.Length != 1)
        {
            throw new InvalidDataException(
                $"{path} has the shape {head.ShapeText}; labels are (rows,): "
                    + "save labels.reshape(-1), or labels.argmax(1) where they are one-hot."
            );
        }
        if (head.Type == NpyType.Floats)
            throw new InvalidDataException(
                $"{path} holds float32; labels are whole numbers: save labels.astype('<i8')."
            );
        if (head.Type == NpyType.Bytes)
            return Array.ConvertAll(elements, label => (int)label);
        var labels = new int[elements.Length / sizeof(long)];
        for (var i = 0; i < labels.Length; i++)
        {
            var label = BinaryPrimitives.ReadInt64LittleEndian(elements.AsSpan(i * sizeof(long)));
            labels[i] = label is >= 0 and <= LargestLabel
                ? (int)label
                : throw new InvalidDataException(
                    $"{path} has the label {label} in row {i + 1}; labels are 0…{LargestLabel}."
                );
        }
        return labels;
    }
}
