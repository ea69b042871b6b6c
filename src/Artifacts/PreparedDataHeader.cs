using System.Text.Json.Serialization;

namespace Pipeline.Artifacts;

/// <summary>What stands at the head of prepared data (see <see cref="PreparedData"/>).</summary>
public sealed record PreparedDataHeader
{
    /// <summary>The shape of one sample: features, or channels × height × width. Its product is the number of features.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>The number of classes, at least 2; labels run from 0.</summary>
    public required int Classes { get; init; }

    /// <summary>Whether features are stored as bytes (0…255), or as float32.</summary>
    public required bool Bytes { get; init; }

    /// <summary>The number of training rows; they come first.</summary>
    public required int Training { get; init; }

    /// <summary>The number of validation rows; they follow the training rows.</summary>
    public required int Validation { get; init; }

    /// <summary>The number of test rows; they come last.</summary>
    public required int Test { get; init; }

    /// <summary>
    /// The names of the classes of a decoded data set, where its files name them otherwise than by their numbers; else null. To train,
    /// numbers are enough, so that data prepared for a run have none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>What happens to images while they train; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Augmentation? Augmentation { get; init; }

    /// <summary>The number of features of one sample.</summary>
    [JsonIgnore]
    public int Features => FeaturesOf(Shape);

    /// <summary>The number of features of a sample of some shape: the product of its sizes.</summary>
    /// <exception cref="OverflowException">There are more than 2³¹ − 1.</exception>
    public static int FeaturesOf(IReadOnlyList<int> shape) =>
        shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>The number of rows.</summary>
    [JsonIgnore]
    public int Rows => checked(Training + Validation + Test);
}

/// <summary>
/// A random change of every training image, drawn anew each epoch: padded by zeros, cut to its size at a
/// random place, perhaps mirrored.
/// </summary>
/// <param name="Padding">The pixels added on each side, at least 0: the image moves by up to as many, up or down, left or right.</param>
/// <param name="FlipShare">The probability, 0…1, with which left and right change places.</param>
public sealed record Augmentation(int Padding, double FlipShare);
