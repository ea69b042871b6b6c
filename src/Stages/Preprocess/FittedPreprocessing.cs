using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Stages.Preprocess;

/// <summary>
/// What preprocessing, fitted on the training split, does to new rows: as to those of validation, which no shift of test rows moves.
/// </summary>
/// <param name="Steps">Maps one after another, each an <see cref="AffineMap"/> or a <see cref="LinearMap"/>.</param>
/// <param name="IsSingle">
/// Whether rows are mapped in float32, by one affine map at most whose numbers are rounded to it; else they are mapped in float64, and
/// the result is rounded to float32.
/// </param>
/// <param name="TestRows">The numbers of the test rows in the data set, in the order in which they are prepared.</param>
public sealed record FittedPreprocessing(
    IReadOnlyList<FittedTransform> Steps,
    bool IsSingle,
    IReadOnlyList<int> TestRows
);
