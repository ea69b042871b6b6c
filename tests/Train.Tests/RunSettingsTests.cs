using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class RunSettingsTests
{
    private static readonly PreparedDataHeader Header = new() { Shape = [1, 8, 8], Classes = 10, Bytes = true, Training = 100, Validation = 1, Test = 1 };

    [Fact]
    public void Settings_are_what_the_spec_and_the_data_say()
    {
        var spec = Spec.With(
            ("activation", Scalar.Of("leaky_relu(0.2)")),
            ("initialization", Scalar.Of("normal(0.01)")),
            ("normalization", Scalar.Of("batch")),
            ("batch_size", Scalar.Of(100L)),
            ("seed", Scalar.Of(7L)));

        var settings = RunSettings.Of(spec, Header);

        Assert.Equal(
            new RunSettings(
                new MlpDescription(64, 2, 20, 10, Operation.Of("leaky_relu", 0.2), Operation.Of("normal", 0.01), Operation.Of("batch")),
                Operation.Of("sgd", 0.9),
                Operation.Of("softmax_cross_entropy"),
                LearningRate: 0.05f,
                BatchSize: 100,
                Epochs: 4,
                Seed: 7),
            settings);
    }

    [Fact]
    public void A_batch_larger_than_the_training_split_is_refused() =>
        Assert.Throws<InvalidDataException>(() => RunSettings.Of(Spec.With(("batch_size", Scalar.Of(101L))), Header));

    [Fact]
    public void The_operations_of_a_run_are_those_that_it_names()
    {
        var spec = Spec.With(("activation", Scalar.Of("leaky_relu(0.2)")), ("initialization", Scalar.Of("normal(0.01)")));

        Assert.Equal(
            [
                ("activation", "leaky_relu(0.2)"),
                ("initializer", "normal(0.01)"),
                ("normalization", "none"),
                ("optimizer", "sgd(0.9)"),
                ("loss", "softmax_cross_entropy"),
            ],
            RunOperations.Of(spec).Select(operation => (operation.Kind, operation.Call.ToString())));
    }

    [Fact]
    public void The_operations_of_a_run_are_in_the_catalogues()
    {
        var operations = RunOperations.Of(Spec.Base).ToDictionary(operation => operation.Kind, operation => operation.Call.Name, StringComparer.Ordinal);

        Assert.Contains(operations["activation"], ActivationCatalogue.Names);
        Assert.Contains(operations["initializer"], InitializerCatalogue.Names);
        Assert.Contains(operations["normalization"], NormalizationCatalogue.Names);
        Assert.Contains(operations["optimizer"], OptimizerCatalogue.Names);
        Assert.Contains(operations["loss"], LossCatalogue.Names);
    }

    [Fact]
    public void An_operation_that_is_misspelt_is_refused() =>
        Assert.Throws<FormatException>(() => RunOperations.Of(Spec.With(("activation", Scalar.Of("leaky_relu(0.2")))));
}
