using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Preprocess.Tests;

/// <content>What transforms refuse.</content>
public sealed partial class TransformTests
{
    [Theory]
    [InlineData("scale_to_range", 1.0, 1.0)]
    [InlineData("scale_to_range", 2.0, 1.0)]
    [InlineData("pca", 0.0)]
    [InlineData("pca", -1.0)]
    [InlineData("pca", 2.5)]
    [InlineData("whiten_pca", -1.0)]
    [InlineData("whiten_zca", -1e-9)]
    [InlineData("scale", 0.0)]
    [InlineData("pad_crop_flip", 1.5)]
    [InlineData("pad_crop_flip", 65.0)]
    [InlineData("pad_crop_flip", 4.0, 1.1)]
    public void An_argument_out_of_range_is_refused(string name, params double[] arguments) =>
        Assert.Throws<ArgumentException>(() => TransformCatalogue.Create(name, arguments));

    [Fact]
    public void What_float32_cannot_hold_is_refused() =>
        Assert.Contains(
            "which float32 can't hold: scale the data first.",
            Assert
                .Throws<InvalidDataException>(() =>
                    preparation.Prepare(Wine, Preparation.Spec("standardize+scale(1e38)+scale(1e10)"))
                )
                .Message,
            StringComparison.Ordinal
        );

    /// <summary>Bytes that are mapped when they are read would be infinite only then.</summary>
    [Theory]
    [InlineData("scale(1e38)")]
    [InlineData("scale_to_range(0,1e39)")]
    public void Of_bytes_too(string chain) =>
        Assert.Contains(
            "which float32 can't hold: scale the data first.",
            Assert
                .Throws<InvalidDataException>(() =>
                    preparation.Prepare(ShippedData.Read("digits", ShippedData.Digits), Preparation.Spec(chain))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(8193, 10)]
    [InlineData(5, 1)]
    public void Components_of_too_many_features_or_too_few_rows_are_refused(int features, int rows) =>
        Assert.Throws<InvalidDataException>(() => PrincipalComponents.RequirePossible(features, rows));
}
