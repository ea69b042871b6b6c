using Pipeline.Networks.Activations;
using Pipeline.Networks.Initializers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.LossScales;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;
using Pipeline.Networks.Schedules;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Preprocess.DataSets;
using Pipeline.Stages.Preprocess.Transforms;
using Pipeline.Stages.Train;

namespace Pipeline.Docs.Tests;

/// <summary>The names that a study may use, straight from the catalogues.</summary>
internal static class StudyNames
{
    public static Vocabulary Vocabulary { get; } =
        new()
        {
            Measured = _ => [],
            Misfit = _ => null,
            Kinds =
            [
                new(
                    "activation",
                    ActivationCatalogue.Names,
                    ActivationCatalogue.Parameters,
                    (name, arguments) => ActivationCatalogue.Create(name, arguments)
                ),
                new(
                    "initializer",
                    InitializerCatalogue.Names,
                    InitializerCatalogue.Parameters,
                    (name, arguments) => InitializerCatalogue.Create(name, arguments)
                ),
                new(
                    "normalization",
                    NormalizationCatalogue.Names,
                    NormalizationCatalogue.Parameters,
                    (name, arguments) => NormalizationCatalogue.Create(name, arguments)
                ),
                new(
                    "optimizer",
                    OptimizerCatalogue.Names,
                    OptimizerCatalogue.Parameters,
                    (name, arguments) => OptimizerCatalogue.Create(name, arguments)
                ),
                new(
                    "loss",
                    LossCatalogue.Names,
                    LossCatalogue.Parameters,
                    (name, arguments) => LossCatalogue.Create(name, arguments)
                ),
                new(
                    "schedule",
                    ScheduleCatalogue.Names,
                    ScheduleCatalogue.Parameters,
                    (name, arguments) => ScheduleCatalogue.Create(name, arguments)
                ),
                new(
                    "loss scale",
                    LossScaleCatalogue.Names,
                    LossScaleCatalogue.Parameters,
                    (name, arguments) => LossScaleCatalogue.Create(name, arguments)
                ),
                new(
                    "event",
                    RunEventCatalogue.Names,
                    RunEventCatalogue.Parameters,
                    (name, arguments) => RunEventCatalogue.Create(name, arguments)
                ),
                new(
                    "metric",
                    MetricCatalogue.Names,
                    MetricCatalogue.Parameters,
                    (name, arguments) => MetricCatalogue.Create(name, arguments)
                ),
                new(
                    "probe",
                    ProbeCatalogue.Names,
                    ProbeCatalogue.Parameters,
                    (name, arguments) => ProbeCatalogue.Create(name, arguments)
                ),
                new(
                    "transform",
                    TransformCatalogue.Names,
                    TransformCatalogue.Parameters,
                    (name, arguments) => TransformCatalogue.Create(name, arguments)
                ),
                new(
                    "data set",
                    [.. DataSetReaderCatalogue.Names.Select(WithHyphens)],
                    name => DataSetReaderCatalogue.Parameters(WithUnderscores(name)),
                    (name, arguments) => DataSetReaderCatalogue.Create(WithUnderscores(name), arguments)
                ),
            ],
        };

    public static OperationKind Kind(string kind) => Vocabulary.Kinds.Single(other => other.Kind == kind);

    // Studies write data sets with hyphens, the compiler knows them with underscores.
    private static string WithHyphens(string name) => name.Replace('_', '-');

    private static string WithUnderscores(string name) => name.Replace('-', '_');
}
