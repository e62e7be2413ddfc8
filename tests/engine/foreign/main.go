// A program of another team, in another language: three buckets, each written as programs of its time were.
package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		return first(
			func() error { return inline(ctx) },
			func() error { return separate(ctx) },
			func() error { return legacy(ctx) },
		)
	})
}

// inline says all on the bucket itself.
func inline(ctx *pulumi.Context) error {
	_, err := register(ctx, "aws:s3/bucket:Bucket", "inline", pulumi.Map{
		"bucket":     pulumi.String("shop-inline"),
		"acl":        pulumi.String("public-read"),
		"versioning": pulumi.Map{"enabled": pulumi.Bool(true)},
		"website":    pulumi.Map{"indexDocument": pulumi.String("index.html")},
	})
	return err
}

// separate has a resource for each setting, of a bucket that the provider names.
func separate(ctx *pulumi.Context) error {
	bucket, err := register(ctx, "aws:s3/bucket:Bucket", "separate", pulumi.Map{})
	if err != nil {
		return err
	}
	return first(
		func() error {
			_, err := register(ctx, "aws:s3/bucketAcl:BucketAcl", "separate", pulumi.Map{
				"bucket": bucket.ID(),
				"acl":    pulumi.ToSecret(pulumi.String("public-read")),
			})
			return err
		},
		func() error {
			_, err := register(ctx, "aws:s3/bucketVersioning:BucketVersioning", "separate", pulumi.Map{
				"bucket":                  bucket.ID(),
				"versioningConfiguration": pulumi.Map{"status": pulumi.String("Enabled")},
			})
			return err
		},
	)
}

// legacy uses the names that resources had before.
func legacy(ctx *pulumi.Context) error {
	bucket, err := register(ctx, "aws:s3/bucketV2:BucketV2", "legacy", pulumi.Map{
		"bucket": pulumi.String("shop-legacy"),
	})
	if err != nil {
		return err
	}
	return first(
		func() error {
			_, err := register(ctx, "aws:s3/bucketAclV2:BucketAclV2", "legacy", pulumi.Map{
				"bucket": bucket.ID(),
				"acl":    pulumi.String("public-read"),
			})
			return err
		},
		func() error {
			_, err := register(ctx, "aws:s3/bucketVersioningV2:BucketVersioningV2", "legacy", pulumi.Map{
				"bucket":                  bucket.ID(),
				"versioningConfiguration": pulumi.Map{"status": pulumi.String("Suspended")},
			})
			return err
		},
	)
}

func register(ctx *pulumi.Context, token, name string, inputs pulumi.Map) (*pulumi.CustomResourceState, error) {
	var made pulumi.CustomResourceState
	return &made, ctx.RegisterResource(token, name, inputs, &made)
}

func first(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
