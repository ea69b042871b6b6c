namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>The rows of one split as its files hold them.</summary>
/// <param name="Path">The file of the features, to name in messages.</param>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Bytes">The features row by row where they are bytes, else null.</param>
/// <param name="Floats">The features row by row where they are float32, else null.</param>
/// <param name="LabelsPath">The file of the labels, to name in messages.</param>
/// <param name="Labels">The class of each row, from 0.</param>
internal sealed record Samples(
    string Path,
    IReadOnlyList<int> Shape,
    byte[]? Bytes,
    float[]? Floats,
    string LabelsPath,
    int[] Labels
)
{
    /// <summary>Puts training and test rows together.</summary>
    /// <param name="training">The training rows, one at least.</param>
    /// <param name="test">The published test rows, or null.</param>
    /// <param name="known">The number of classes; null for as many as the largest training label asks for.</param>
    /// <exception cref="InvalidDataException">There is one class only, or the test split doesn't fit the training rows.</exception>
    public static DataSet Join(Samples training, Samples? test, int? known)
    {
        var classes = known ?? (training.Labels.Max() + 1);
        if (classes < 2)
            throw new InvalidDataException(
                $"{training.LabelsPath} holds no label but 0; a data set needs two classes at least."
            );
        if (test is null)
            return new()
            {
                Shape = training.Shape,
                Classes = classes,
                Bytes = training.Bytes,
                Floats = training.Floats,
                Labels = training.Labels,
            };
        if (!training.Shape.SequenceEqual(test.Shape))
        {
            throw new InvalidDataException(
                $"{training.Path} holds samples of {string.Join('×', training.Shape)} "
                    + $"and {test.Path} of {string.Join('×', test.Shape)}; they must be of one shape."
            );
        }
        if (training.Bytes is null != test.Bytes is null)
            throw new InvalidDataException(
                $"Of {training.Path} and {test.Path} one holds bytes and one other numbers; save both as one type."
            );
        var beyond = Array.FindIndex(test.Labels, label => label >= classes);
        if (beyond >= 0)
        {
            throw new InvalidDataException(
                $"{test.LabelsPath} has the label {test.Labels[beyond]} in row {beyond + 1}, "
                    + $"but those of {training.LabelsPath} end at {classes - 1}."
            );
        }
        return new()
        {
            Shape = training.Shape,
            Classes = classes,
            Bytes = training.Bytes is null ? null : [.. training.Bytes, .. test.Bytes!],
            Floats = training.Floats is null ? null : [.. training.Floats, .. test.Floats!],
            Labels = [.. training.Labels, .. test.Labels],
            PublishedTest = test.Labels.Length,
        };
    }
}
