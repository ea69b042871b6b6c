using System.Runtime.InteropServices;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>A decoded data set in memory: what its files say, nothing changed.</summary>
public sealed record DataSet
{
    /// <summary>The shape of one sample: features, or channels × height × width.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>The number of classes; labels run from 0.</summary>
    public required int Classes { get; init; }

    /// <summary>The features row by row, where they are whole numbers in 0…255; else null.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The features row by row as float32, where they are not bytes; else null.</summary>
    public float[]? Floats { get; init; }

    /// <summary>The class of each row.</summary>
    public required int[] Labels { get; init; }

    /// <summary>How many of the last rows are the published test split; 0 where none is published.</summary>
    public int PublishedTest { get; init; }

    /// <summary>The names of the classes, where the files name them otherwise than by their numbers; else null.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>How the files were read, such as "no header, class in column 3"; null where nothing was to be found out.</summary>
    public string? ReadAs { get; init; }

    /// <summary>
    /// Writes the data set as prepared data with the identity map, its published test split as test
    /// rows, all else as training rows.
    /// </summary>
    public void Write(Stream target)
    {
        var header = new PreparedDataHeader
        {
            Shape = Shape,
            Classes = Classes,
            ClassNames = ClassNames,
            Bytes = Bytes is not null,
            Training = Labels.Length - PublishedTest,
            Validation = 0,
            Test = PublishedTest,
        };
        var map = FeatureMap.Identity(header.Features);
        PreparedData.Write(target, header, map, map, Labels, WriteFeatures);
    }

    private void WriteFeatures(Stream target)
    {
        if (Bytes is not null)
            target.Write(Bytes);
        else
            target.Write(MemoryMarshal.AsBytes<float>(Floats));
    }
}
