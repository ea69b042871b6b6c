namespace Pipeline.Numerics;

/// <summary>
/// What random numbers are drawn for. Streams of different purposes share no number, so that two runs which differ in one
/// thing still share the rest. The codes are part of every result: never change one, never use one again.
/// </summary>
public enum RandomPurpose
{
    /// <summary>Making synthetic data.</summary>
    Data = 0,

    /// <summary>Splitting data into training, validation and test parts.</summary>
    Split = 1,

    /// <summary>Initial weights.</summary>
    Weights = 2,

    /// <summary>The order of examples in an epoch.</summary>
    BatchOrder = 3,

    /// <summary>Dropout masks.</summary>
    Dropout = 4,

    /// <summary>Random changes of examples while training.</summary>
    Augmentation = 5,

    /// <summary>Choosing values of an axis.</summary>
    Axis = 6,

    /// <summary>Choosing runs or examples to look at.</summary>
    Sampling = 7,
}
