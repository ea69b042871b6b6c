using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Initializers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;
using Pipeline.Networks.Schedules;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class RunSettingsTests
{
    private static readonly PreparedDataHeader Header = new()
    {
        Shape = [1, 8, 8],
        Classes = 10,
        Bytes = true,
        Training = 100,
        Validation = 1,
        Test = 1,
    };

    [Fact]
    public void Settings_are_what_the_spec_and_the_data_say()
    {
        var spec = Spec.With(
            ("activation", Scalar.Of("leaky_relu(0.2)")),
            ("initialization", Scalar.Of("normal(0.01)")),
            ("normalization", Scalar.Of("batch")),
            ("batch_size", Scalar.Of(100L)),
            ("seed", Scalar.Of(7L))
        );

        var settings = RunSettings.Of(spec, Header);

        Assert.Equal(
            new MlpDescription(
                64,
                2,
                20,
                10,
                Operation.Of("leaky_relu", 0.2),
                Operation.Of("normal", 0.01),
                Operation.Of("batch")
            ),
            settings.Network
        );
        Assert.Equal(new OptimizerSettings(Operation.Of("sgd", 0.9)), settings.Optimizer);
        Assert.Equal(Operation.Of("softmax_cross_entropy"), settings.Loss);
        Assert.Equal([Operation.Of("constant")], settings.Schedules);
        Assert.Equal((0.05, 100, 4, 7), (settings.LearningRate, settings.BatchSize, settings.Epochs, settings.Seed));
    }

    [Fact]
    public void Everything_that_a_study_can_set_reaches_the_network_and_the_optimizer()
    {
        var spec = Spec.With(
            ("initial_bias", Scalar.Of(0.1)),
            ("model.dropout", Scalar.Of(0.2)),
            ("normalization_affine", Scalar.Of(false)),
            ("normalization_position", Scalar.Of("after_activation")),
            ("optimizer.clip_norm", Scalar.Of(2L)),
            ("optimizer.weight_decay", Scalar.Of(0.01)),
            ("schedule", Scalar.Of("linear_warmup(2)+cosine"))
        );

        var settings = RunSettings.Of(spec, Header);

        Assert.Equal(
            (0.1, 0.2, false),
            (settings.Network.InitialBias, settings.Network.Dropout, settings.Network.IsAffine)
        );
        Assert.Equal(NormalizationPosition.AfterActivation, settings.Network.Position);
        Assert.Equal((2, 0.01), (settings.Optimizer.ClipNorm, settings.Optimizer.WeightDecay));
        Assert.Equal([Operation.Of("linear_warmup", 2), Operation.Of("cosine")], settings.Schedules);
    }

    [Theory]
    [InlineData("resmlp", typeof(ResMlpDescription))]
    [InlineData("rescnn", typeof(ResCnnDescription))]
    public void The_kind_of_network_is_the_models(string kind, Type type) =>
        Assert.IsType(type, RunSettings.Of(Spec.With(("model.kind", Scalar.Of(kind))), Header).Network);

    [Fact]
    public void A_convolutional_network_of_data_without_pixels_is_refused()
    {
        var e = Assert.Throws<NetworkDescriptionException>(() =>
            RunSettings.Of(Spec.With(("model.kind", Scalar.Of("rescnn"))), Header with { Shape = [13] })
        );
        Assert.Equal(
            "A network of kind rescnn needs images, but a sample has the shape [13]: choose mlp or resmlp.",
            e.Message
        );
    }

    [Theory]
    [InlineData("group(3)", "mlp", 2, "normalization")]
    [InlineData("group(4)", "mlp", 2, null)]
    [InlineData("instance", "mlp", 2, "normalization")]
    [InlineData("batch", "rescnn", 2, null)]
    [InlineData("batch", "mlp", 0, null)]
    [InlineData("batch", "rescnn", 0, "model.depth")]
    public void What_to_change_for_a_network_that_can_not_be_built_is_named(
        string normalization,
        string kind,
        int depth,
        string? key
    )
    {
        var run = Spec.With(
            ("normalization", Scalar.Of(normalization)),
            ("model.kind", Scalar.Of(kind)),
            ("model.depth", Scalar.Of((long)depth))
        );
        Assert.Equal(key, Trainer.Misfit(run, [1, 8, 8])?.Key);
    }

    [Fact]
    public void A_batch_larger_than_the_training_split_is_refused() =>
        Assert.Throws<InvalidDataException>(() => RunSettings.Of(Spec.With(("batch_size", Scalar.Of(101L))), Header));

    [Theory]
    [InlineData("mlp", "batch", 1, true)]
    [InlineData("resmlp", "batch(0.2)", 1, true)]
    [InlineData("mlp", "batch", 2, false)]
    [InlineData("mlp", "layer", 1, false)]
    [InlineData("cnn", "batch", 1, false)]
    public void A_batch_of_one_row_is_refused_where_it_has_one_value_per_channel(
        string kind,
        string normalization,
        int batchSize,
        bool isRefused
    )
    {
        var spec = Spec.With(
            ("model.kind", Scalar.Of(kind)),
            ("model.kernel", Scalar.Of(3L)),
            ("model.pooling", Scalar.Of("max")),
            ("normalization", Scalar.Of(normalization)),
            ("batch_size", Scalar.Of((long)batchSize))
        );

        Assert.Equal(isRefused ? "batch_size" : null, RowRequirements.Misfit(spec, [1, 8, 8], (100, 20, 20))?.Key);
    }

    [Theory]
    [InlineData("batch", "batch", 1, 20, "split.validation")]
    [InlineData("batch", "batch", 20, 1, "split.test")]
    [InlineData("batch", "batch", 2, 2, null)]
    [InlineData("batch", "running", 1, 1, null)]
    [InlineData("layer", "batch", 1, 1, null)]
    public void A_split_of_one_row_is_refused_where_its_statistics_normalize_it(
        string normalization,
        string statistics,
        int validation,
        int test,
        string? refused
    )
    {
        var spec = Spec.With(
            ("normalization", Scalar.Of(normalization)),
            ("inference_statistics", Scalar.Of(statistics))
        );

        Assert.Equal(refused, RowRequirements.Misfit(spec, [64], (100, validation, test))?.Key);
    }

    [Theory]
    [InlineData(3L, "managed", null)]
    [InlineData(4L, "managed", "frozen_layers")]
    [InlineData(1L, "torch", "frozen_layers")]
    [InlineData(0L, "torch", null)]
    public void Layers_that_are_not_there_or_not_on_that_backend_can_not_be_frozen(
        long count,
        string backend,
        string? key
    )
    {
        var run = Spec.With(("frozen_layers", Scalar.Of(count)), ("backend", Scalar.Of(backend)));
        Assert.Equal(key, Trainer.Misfit(run, [1, 8, 8])?.Key);
        Assert.Equal(count, RunSettings.Of(run, Header).Network.FrozenLayers);
    }

    [Fact]
    public void The_operations_of_a_run_are_those_that_it_names()
    {
        var spec = Spec.With(
            ("activation", Scalar.Of("leaky_relu(0.2)")),
            ("initialization", Scalar.Of("normal(0.01)"))
        );

        Assert.Equal(
            [
                ("activation", "leaky_relu(0.2)"),
                ("initializer", "normal(0.01)"),
                ("normalization", "none"),
                ("optimizer", "sgd(0.9)"),
                ("loss", "softmax_cross_entropy"),
                ("schedule", "constant"),
            ],
            RunOperations.Of(spec).Select(operation => (operation.Kind, operation.Call.ToString()))
        );
    }

    [Theory]
    [InlineData("resmlp", "zeros", true)]
    [InlineData("resmlp", "as_initialization", false)]
    [InlineData("mlp", "zeros", false)]
    public void Branches_begin_by_an_initializer_of_their_own_where_there_are_some(
        string kind,
        string value,
        bool isRead
    )
    {
        var spec = Spec.With(("model.kind", Scalar.Of(kind)), ("branch_initialization", Scalar.Of(value)));

        Assert.Equal(isRead ? Operation.Of("zeros") : null, RunSettings.Of(spec, Header).Network.BranchInitialization);
        Assert.Equal(isRead, RunOperations.Of(spec).Contains(("initializer", new("zeros", [])), ByText));
    }

    private static readonly IEqualityComparer<(string Kind, OperationCall Call)> ByText = EqualityComparer<(
        string Kind,
        OperationCall Call
    )>.Create((x, y) => (x.Kind, x.Call.ToString()) == (y.Kind, y.Call.ToString()));

    [Fact]
    public void The_operations_of_a_run_are_in_the_catalogues()
    {
        var operations = RunOperations
            .Of(Spec.Base)
            .ToDictionary(operation => operation.Kind, operation => operation.Call.Name, StringComparer.Ordinal);

        Assert.Contains(operations["activation"], ActivationCatalogue.Names);
        Assert.Contains(operations["initializer"], InitializerCatalogue.Names);
        Assert.Contains(operations["normalization"], NormalizationCatalogue.Names);
        Assert.Contains(operations["optimizer"], OptimizerCatalogue.Names);
        Assert.Contains(operations["loss"], LossCatalogue.Names);
        Assert.Contains(operations["schedule"], ScheduleCatalogue.Names);
    }

    [Fact]
    public void An_operation_that_is_misspelt_is_refused() =>
        Assert.Throws<FormatException>(() => RunOperations.Of(Spec.With(("activation", Scalar.Of("leaky_relu(0.2")))));
}
