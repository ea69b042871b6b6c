namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>A data set that is drawn, not read: the same call makes the same rows on every machine.</summary>
public abstract class SyntheticDataSet : DataSetReader
{
    /// <summary>The most numbers that one data set may hold: 1 GiB as float32.</summary>
    private protected const int MostNumbers = 1 << 28;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Files => [];

    /// <inheritdoc/>
    public sealed override string Remedy => "it is drawn and needs none";

    /// <inheritdoc/>
    public sealed override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation = default) =>
        Draw();

    /// <summary>Draws the rows.</summary>
    /// <exception cref="InvalidDataException">
    /// The parameters leave too little room to draw in; the message is a sentence that says which to change.
    /// </exception>
    private protected abstract DataSet Draw();
}
