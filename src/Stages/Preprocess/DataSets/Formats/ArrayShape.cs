namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>What files that hold one array each, features and labels, have in common.</summary>
internal static class ArrayShape
{
    /// <summary>The shape of one sample in an array of samples; images without channels have one.</summary>
    /// <param name="shape">[rows, features], [rows, height, width] or [rows, channels, height, width].</param>
    public static int[] OfSample(int[] shape) => shape.Length == 3 ? [1, shape[1], shape[2]] : shape[1..];

    /// <summary>Makes sure that there is a label a row.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer.</exception>
    public static void RequireRows(string features, int rows, string labels, int count)
    {
        if (rows != count)
            throw new InvalidDataException($"{features} holds {rows} rows, but {labels} {count} labels.");
    }
}
