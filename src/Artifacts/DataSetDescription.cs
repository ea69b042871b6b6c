namespace Pipeline.Artifacts;

/// <summary>What a user's own data set is made of: the content of its <c>&lt;name&gt;.yaml</c> beside its files.</summary>
public sealed record DataSetDescription
{
    /// <summary>How the files are written: <c>csv</c>, <c>idx</c>, <c>npy</c> or <c>cifar10</c>.</summary>
    public required string Format { get; init; }

    /// <summary>
    /// The files that hold training rows, relative to the description's folder: one for csv, features and labels for
    /// idx and npy, one or more for cifar10.
    /// </summary>
    public required IReadOnlyList<string> Training { get; init; }

    /// <summary>The files of the published test split, as <see cref="Training"/>; empty where there is none.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>csv only: the column of the class, by its name in the header or its number from 1. Null is the last column.</summary>
    public string? Label { get; init; }

    /// <summary>csv only: whether the first row names the columns.</summary>
    public bool HasHeader { get; init; }

    /// <summary>What is meant though it is a mistake mostly, by the names of <see cref="Allowance"/>, in ordinal order.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Whether something is allowed.</summary>
    public bool Allows(Allowance allowance) => Allow.Contains(allowance.Name, StringComparer.Ordinal);
}
