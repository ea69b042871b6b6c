using Pipeline.Artifacts;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>The network that a run's parameters describe.</summary>
internal static class RunNetwork
{
    /// <summary>Describes the network.</summary>
    /// <param name="spec">The run's parameters.</param>
    /// <param name="shape">The shape of a sample: features, or channels × height × width.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="KeyNotFoundException">A parameter is missing.</exception>
    /// <exception cref="NetworkDescriptionException">The network needs images, but the data are none.</exception>
    public static NetworkDescription Of(Parameters spec, IReadOnlyList<int> shape, int classes)
    {
        var (activation, initialization, normalization) = (
            Operation("activation"),
            Operation("initialization"),
            Operation("normalization")
        );
        var (depth, width) = (spec.Integer("model.depth"), spec.Integer("model.width"));
        var features = PreparedDataHeader.FeaturesOf(shape);
        NetworkDescription description = spec.Text("model.kind") switch
        {
            "mlp" => new MlpDescription(features, depth, width, classes, activation, initialization, normalization),
            "cnn" => new CnnDescription(Image(), depth, width, classes, activation, initialization, normalization)
            {
                Kernel = spec.Integer("model.kernel"),
                Pooling = spec.Text("model.pooling") == "max" ? Pooling.Max : Pooling.Average,
            },
            "resmlp" => new ResMlpDescription(
                features,
                depth,
                width,
                classes,
                activation,
                initialization,
                normalization
            ),
            "rescnn" => new ResCnnDescription(
                Image(),
                depth,
                width,
                classes,
                activation,
                initialization,
                normalization
            ),
            var kind => throw new NetworkDescriptionException($"There is no network of kind {kind}."),
        };
        return description with
        {
            Position =
                spec.Text("normalization_position") == "after_activation"
                    ? NormalizationPosition.AfterActivation
                    : NormalizationPosition.BeforeActivation,
            IsAffine = spec["normalization_affine"] == Scalar.Of(true),
            Dropout = spec.Number("model.dropout"),
            InitialBias = spec.Number("initial_bias"),
            FrozenLayers = HasOwn(spec, ParameterUse.FrozenLayers) ? spec.Integer(ParameterUse.FrozenLayers) : 0,
            InfersByBatch = HasOwn(spec, ParameterUse.InferenceStatistics),
            BranchInitialization = RunOperations.BranchInitialization(spec) is { } branch ? Called(branch) : null,
        };

        Operation Operation(string key) => Called(OperationCall.Parse(spec.Text(key)));

        static Operation Called(OperationCall call) => new(call.Name, call.Arguments);

        FeatureShape Image() =>
            shape is [var channels, var height, var imageWidth]
                ? new(channels, height, imageWidth)
                : throw new NetworkDescriptionException(
                    $"A network of kind {spec.Text("model.kind")} needs images, "
                        + $"but a sample has the shape [{string.Join(", ", shape)}]: choose mlp or resmlp."
                );
    }

    /// <summary>Whether a run has a parameter with another value than the one that needs no word.</summary>
    internal static bool HasOwn(Parameters spec, string key) =>
        spec.TryGet(key, out var value) && ParameterUse.IsReadByTrain(key, spec) && !ParameterUse.IsTacit(key, value);
}
