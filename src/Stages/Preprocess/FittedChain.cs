using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Stages.Preprocess;

/// <summary>A chain of transforms, fitted one after the other, each on what the ones before it made of the training rows.</summary>
internal sealed class FittedChain
{
    // What rounding shift and difference to float32 may add to a feature, in parts of the root mean square of all features.
    private const double Tolerance = 5e-7;
    private const double Rounding = 1.0 / (1 << 24);

    private FittedChain(
        TrainingRows training,
        IReadOnlyList<FittedTransform> steps,
        IReadOnlyList<FittedTransform> testSteps,
        Augmentation? augmentation
    ) => (Training, Steps, TestSteps, Augmentation) = (training, steps, testSteps, augmentation);

    /// <summary>The training rows after the chain.</summary>
    public TrainingRows Training { get; }

    /// <summary>Affine and linear maps of training and validation rows; neighbours that are affine are one.</summary>
    public IReadOnlyList<FittedTransform> Steps { get; }

    /// <summary>The same of test rows.</summary>
    public IReadOnlyList<FittedTransform> TestSteps { get; }

    /// <summary>What happens to training images while they train, or null.</summary>
    public Augmentation? Augmentation { get; }

    /// <summary>
    /// Whether bytes may stay as they are and be mapped, in float32, when they are read: each feature is mapped by
    /// itself, and so that rounding doesn't show. It would where a feature's deviation is tiny beside its mean.
    /// </summary>
    public bool KeepsBytes =>
        Steps is [] or [AffineMap] && TestSteps is [] or [AffineMap] && IsExact(Maps.Map) && IsExact(Maps.TestMap);

    /// <summary>The map of training and validation rows and that of test rows, where there is no step that mixes features.</summary>
    public (AffineMap Map, AffineMap TestMap) Maps => (Single(Steps), Single(TestSteps));

    /// <summary>Fits a chain.</summary>
    /// <exception cref="InvalidDataException">A transform can't be done on these data.</exception>
    public static FittedChain Fit(PreparedData data, int[] training, IEnumerable<Transform> transforms)
    {
        var shape = data.Header.Shape;
        var (steps, testSteps) = (new List<FittedTransform>(), new List<FittedTransform>());
        Augmentation? augmentation = null;
        var moments = Measured();
        foreach (var transform in transforms)
        {
            switch (transform.Fit(new(shape, Rows(), moments)))
            {
                case Reshaping reshaping:
                    shape = reshaping.Shape;
                    break;
                case AffineMap map:
                    Append(steps, map);
                    Append(testSteps, map);
                    var before = moments;
                    moments = new(() => before.Value.After(map));
                    break;
                case LinearMap map:
                    steps.Add(map);
                    testSteps.Add(map);
                    shape = map.Shape;
                    var measured = Measured();
                    moments = new(() => measured.Value.WithoutRounding(training.Length));
                    break;
                case TestMap test:
                    Append(testSteps, test.Map);
                    break;
                case Augmenting augmenting:
                    augmentation = augmenting.Change;
                    break;
                case var other:
                    throw new InvalidOperationException($"There is no way to apply a {other.GetType().Name}.");
            }
        }
        return new(new(shape, Rows(), moments), steps, testSteps, augmentation);

        BlockedRows Rows() => new(data, training, [.. steps]);

        Lazy<FeatureMoments> Measured()
        {
            var (rows, features) = (Rows(), PreparedDataHeader.FeaturesOf(shape));
            return new(() => FeatureMoments.Of(rows, features));
        }
    }

    private static void Append(List<FittedTransform> steps, AffineMap map)
    {
        if (steps is [.., AffineMap last])
            steps[^1] = last.Then(map);
        else
            steps.Add(map);
    }

    private AffineMap Single(IReadOnlyList<FittedTransform> steps) =>
        steps is [AffineMap map] ? map : AffineMap.Identity(Training.Features);

    /// <summary>Whether float32 has what all bytes are mapped to; else floats are written, which are looked at one by one.</summary>
    private static bool IsFinite(double shift, double scale) =>
        float.IsFinite((byte.MinValue - (float)shift) * (float)scale)
        && float.IsFinite((byte.MaxValue - (float)shift) * (float)scale);

    private bool IsExact(AffineMap map)
    {
        var (mean, deviation) = (Training.Moments.Mean, Training.Moments.Deviation);
        var squares = 0.0;
        for (var j = 0; j < mean.Length; j++)
            squares += (mean[j] * mean[j]) + (deviation[j] * deviation[j]);
        var limit = Tolerance * Math.Sqrt(squares / mean.Length);
        for (var j = 0; j < map.Shift.Length; j++)
        {
            if (Math.Abs(map.Shift[j] * map.Scale[j]) * Rounding > limit || !IsFinite(map.Shift[j], map.Scale[j]))
                return false;
        }
        return true;
    }
}
