using Pipeline.Networks;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Initializers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;

namespace Pipeline.Tests;

/// <summary>A small network with a batch's shape and how it is trained.</summary>
internal sealed record SampleNetwork(
    string Name,
    NetworkDescription Description,
    OptimizerSettings Optimizer,
    Operation Loss
)
{
    public const int Rows = 12;

    public Storage Storage { get; init; }

    public Operation? LossScale { get; init; }

    /// <summary>A network at its start.</summary>
    public Network Build(int largestBatch = Rows) =>
        new(
            Description,
            InitialWeights.Create(Description, seed: 1),
            Optimizer,
            Loss,
            largestBatch,
            seed: 1,
            Storage,
            LossScale
        );
}

/// <summary>
/// Small networks that use, between them, every operation that the catalogues hold and every kind of layer: a new
/// operation is among them by itself.
/// </summary>
internal static class SampleNetworks
{
    private static readonly Operation None = Operation.Of("none");
    private static readonly Operation Tanh = Operation.Of("tanh");
    private static readonly Operation He = Operation.Of("he_normal");
    private static readonly Operation Batch = Operation.Of("batch");
    private static readonly Operation CrossEntropy = Operation.Of("softmax_cross_entropy");
    private static readonly OptimizerSettings Momentum = new(Operation.Of("sgd", 0.9));
    private static readonly FeatureShape Image = new(2, 7, 6);

    public static IReadOnlyList<SampleNetwork> All { get; } =
    [
        .. from activation in Calls(ActivationCatalogue.Names, ActivationCatalogue.Parameters)
        from normalization in Normalizations
        where Fits(normalization, new(24))
        select Of($"mlp {activation} {normalization}", Mlp(activation, normalization)),
        .. from normalization in Normalizations
        select Of($"cnn {normalization}", new CnnDescription(Image, 2, 18, 5, Tanh, He, normalization)),
        .. from activation in Quick
        from sample in new[]
        {
            Of($"cnn pooled {activation}", new CnnDescription(new(2, 12, 20), 2, 16, 5, activation, He, Batch)),
            Of($"mlp wide {activation}", Mlp(activation, Batch) with { Width = 48 }),
        }
        select sample,
        .. from initializer in Calls(InitializerCatalogue.Names, InitializerCatalogue.Parameters)
        select Of($"mlp {initializer}", Mlp(Tanh, None) with { Initialization = initializer }),
        .. from optimizer in Calls(OptimizerCatalogue.Names, OptimizerCatalogue.Parameters)
        from decay in new[] { 0, 0.01 }
        select Of($"mlp {optimizer} weight_decay {decay}", Mlp(Tanh, Batch)) with
        {
            Optimizer = new(optimizer) { WeightDecay = decay, ClipNorm = decay > 0 ? 0.5 : double.PositiveInfinity },
        },
        .. from loss in Calls(LossCatalogue.Names, LossCatalogue.Parameters)
        select Of($"mlp {loss}", Mlp(Tanh, Batch)) with
        {
            Loss = loss,
        },
        Of("mlp label smoothing", Mlp(Tanh, Batch)) with
        {
            Loss = Operation.Of("softmax_cross_entropy", 0.1),
        },
        Of("mlp of plain sgd", Mlp(Tanh, Batch)) with
        {
            Optimizer = new(Operation.Of("sgd")),
        },
        Of("mlp batch after activation", Mlp(Tanh, Batch) with { Position = NormalizationPosition.AfterActivation }),
        Of("mlp layer without scale and shift", Mlp(Tanh, Operation.Of("layer")) with { IsAffine = false }),
        Of("mlp dropout", Mlp(Tanh, None) with { Dropout = 0.3, InitialBias = 0.1 }),
        Of(
            "cnn average pooling, dropout",
            new CnnDescription(Image, 1, 5, 5, Tanh, He, None)
            {
                Kernel = 5,
                Pooling = Pooling.Average,
                Dropout = 0.3,
            }
        ),
        Of("resmlp", new ResMlpDescription(13, 2, 24, 5, Tanh, He, Batch)),
        Of(
            "resmlp after activation",
            new ResMlpDescription(13, 2, 24, 5, Tanh, He, Batch) { Position = NormalizationPosition.AfterActivation }
        ),
        Of("rescnn", new ResCnnDescription(Image, 2, 17, 5, Tanh, He, Batch)),
        Of("rescnn wide", new ResCnnDescription(Image, 2, 16, 5, Operation.Of("relu"), He, Batch)),
        Of("rescnn of one channel", new ResCnnDescription(new(1, 8, 8), 3, 3, 5, Tanh, He, Operation.Of("rms"))),
    ];

    /// <summary>Networks whose weights, activations and gradients are kept in narrower formats than float32.</summary>
    public static IReadOnlyList<SampleNetwork> Narrow { get; } =
    [
        Of("mlp float16", Mlp(Tanh, Batch)) with
        {
            Storage = Storage.Float16,
        },
        Of("mlp bfloat16 static(1000)", Mlp(Tanh, Operation.Of("layer"))) with
        {
            Storage = Storage.Bfloat16,
            LossScale = Operation.Of("static", 1000),
        },
        Of("cnn float16 dynamic", new CnnDescription(Image, 2, 18, 5, Tanh, He, Batch)) with
        {
            Storage = Storage.Float16,
            LossScale = Operation.Of("dynamic"),
        },
        Of("resmlp bfloat16", new ResMlpDescription(13, 2, 24, 5, Tanh, He, Batch)) with
        {
            Storage = Storage.Bfloat16,
        },
        Of("rescnn float16 dynamic", new ResCnnDescription(Image, 2, 17, 5, Tanh, He, None)) with
        {
            Storage = Storage.Float16,
            LossScale = Operation.Of("dynamic", 1024, 2),
        },
    ];

    /// <summary>Activations that are taken together with what stands before and behind them.</summary>
    private static IEnumerable<Operation> Quick =>
        new[] { "relu", "leaky_relu", "relu6", "hard_sigmoid", "hard_swish", "hard_threshold", "identity" }.Select(
            name => Operation.Of(name)
        );

    private static IEnumerable<Operation> Normalizations =>
        Calls(NormalizationCatalogue.Names, NormalizationCatalogue.Parameters);

    /// <summary>The network of a name.</summary>
    public static SampleNetwork Get(string name) => All.Single(sample => sample.Name == name);

    /// <summary>Every operation of a catalogue with its arguments at their defaults, or at a sensible value where they have none.</summary>
    public static IEnumerable<Operation> Calls(
        IReadOnlyList<string> names,
        Func<string, IReadOnlyList<(string Name, double? Default)>> parametersOf
    ) =>
        names.Select(name => new Operation(
            name,
            [.. parametersOf(name).Select(p => p.Default ?? (p.Name is "groups" or "every" ? 3 : 0.5))]
        ));

    private static bool Fits(Operation normalization, FeatureShape shape)
    {
        try
        {
            new NormalizationDescription("", shape, normalization).Validate();
            return true;
        }
        catch (NetworkDescriptionException)
        {
            return false;
        }
    }

    private static MlpDescription Mlp(Operation activation, Operation normalization) =>
        new(13, 2, 24, 5, activation, He, normalization);

    private static SampleNetwork Of(string name, NetworkDescription description) =>
        new(name, description, Momentum, CrossEntropy);
}
